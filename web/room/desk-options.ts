import type { Balcony } from '../../client/balcony.ts';
import type { Topology } from '../../client/types.ts';
import { byId } from '../dom.ts';
import { attempt, tell } from './said.ts';

/** The options that hosts change while a meeting runs. A `PUT` sets one together with all others. */
export function offerOptions(balcony: Balcony, meeting: string): void {
  const newcomers = byId('mute-newcomers');
  const curtain = byId('curtain');
  const show = (topology?: Topology) => {
    newcomers.ariaPressed = String(topology?.options.muteOnJoin === true);
    curtain.textContent = topology && isClosed(topology) ? 'Let the audience in' : 'Close the curtain';
    for (const button of [newcomers, curtain]) button.hidden = false;
  };
  balcony.topology(meeting).then(show, () => show());

  newcomers.onclick = () =>
    attempt(async () => {
      const { options } = await balcony.topology(meeting);
      const muteOnJoin = !options.muteOnJoin;
      show(await balcony.create(meeting, { ...options, muteOnJoin }));
      tell(
        muteOnJoin
          ? 'People who enter the stage are muted now, until you let them speak.'
          : 'Newcomers on stage may speak.',
      );
    });

  curtain.onclick = () =>
    attempt(async () => {
      const topology = await balcony.topology(meeting);
      const opens = isClosed(topology);
      if (opens) await balcony.goLive(meeting);
      else await close(topology);
      show(await balcony.topology(meeting));
      tell(
        opens
          ? 'The audience is let in.'
          : 'New viewers wait until you let the audience in. Those who are in stay.',
      );
    });

  /** Closes the curtain of a meeting that may have had none. */
  const close = async ({ options }: Topology) => {
    await balcony.endLive(meeting);
    if (options.admission !== 'manual') await balcony.create(meeting, { ...options, admission: 'manual' });
  };
}

const isClosed = ({ options, liveSince }: Topology): boolean =>
  options.admission === 'manual' && liveSince === undefined;
