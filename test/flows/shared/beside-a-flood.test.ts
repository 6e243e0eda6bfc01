import { OPERATION_NAMES } from '../../../emulator/operation-names.ts';
import type { Answer } from '../../../lib/context.ts';
import { reservePermit } from '../../../lib/store/quota.ts';
import type { JoinedBody } from '../../../simulation/joined-body.ts';
import { seatOf } from '../../../simulation/joined-body.ts';
import { uniqueMeetingId } from '../../support/people.ts';
import { useWorld } from '../support.ts';

const chime = useWorld({ CHIME_RATE_PER_SECOND: '10', CHIME_BURST: '20' });
const HOUR_MS = 3_600_000;
const hostOf = (name: string) => chime.person(name, 'the-host', { role: 'host' });

/** Another meeting has reserved all of Chime's quota, for longer than any request waits. */
const useUpQuota = () =>
  Promise.all(
    OPERATION_NAMES.map((operation) =>
      reservePermit(operation, { now: chime.now() + HOUR_MS, maxWaitMs: 0 }),
    ),
  );

describe('while another meeting has all of Chime’s quota', () => {
  it('viewers are seated where seats are open, come back, raise hands and leave', async () => {
    const name = uniqueMeetingId();
    await hostOf(name).seat();
    await chime.person(name, 'early').seat();
    await useUpQuota();
    const viewers = Array.from({ length: 30 }, (_, k) => chime.person(name, `viewer-${k}`));
    const first = await Promise.all(viewers.map((viewer) => viewer.join()));
    const again = await Promise.all(viewers.map((viewer) => viewer.join()));
    expect(first.map(({ status }) => status)).toEqual(viewers.map(() => 200));
    const seats = (answers: Answer[]) => answers.map(({ body }) => seatOf(body as JoinedBody));
    expect(seats(again)).toEqual(seats(first));
    expect((await viewers[0]?.raise())?.status).toBe(204);
    expect((await viewers[1]?.leave())?.status).toBe(204);
  });

  it('a person whose meeting has to be opened waits, and gets a time to retry after', async () => {
    await useUpQuota();
    const { status, retryAfterMs = 0 } = await hostOf(uniqueMeetingId()).join();
    expect([status, retryAfterMs > 0]).toEqual([202, true]);
  });
});
