import { balcony } from '../../client/balcony.ts';
import { Refusal } from '../../client/refusal.ts';
import { loadConfig, type WebConfig } from '../config.ts';
import { byId } from '../dom.ts';
import { type Entry, openEntrance } from './entrance.ts';
import { attempt, hush, tell, tellRefusal } from './said.ts';
import { showOnly } from './show.ts';
import { stay } from './stay.ts';

/** Goes from the form to the meeting and back, repeatedly. */
async function visit(config: WebConfig, entry: Entry): Promise<void> {
  const client = balcony({ url: config.api, token: entry.token });
  const givingUp = new AbortController();
  hush();
  byId('reopen').hidden = true;
  byId('waiting-title').textContent = 'You are joining';
  byId('waiting-words').textContent = '';
  byId('give-up').onclick = () => givingUp.abort();
  showOnly('waiting');
  try {
    tell(await stay(client, entry, givingUp.signal));
  } catch (error) {
    tell('');
    if (givingUp.signal.aborted) tell('You no longer wait.');
    else tellRefusal(error);
    offerToReopen(error, entry, config);
  } finally {
    showOnly('entrance');
    byId('join').focus({ preventScroll: true });
    scrollTo(0, 0); // to what the page says, which is above
  }
}

/** Offers to reopen an ended meeting. Only a host may; the service refuses others. */
function offerToReopen(error: unknown, entry: Entry, config: WebConfig): void {
  const button = byId('reopen');
  button.hidden = !(entry.mayHost && error instanceof Refusal && error.code === 'MEETING_ENDED');
  button.onclick = () =>
    attempt(async () => {
      await balcony({ url: config.api, token: entry.token }).reopen(entry.meeting);
      await visit(config, entry);
    });
}

attempt(async () => {
  const config = await loadConfig();
  openEntrance(config, (entry) => visit(config, entry));
});
