import { reconcileMeeting } from '../reconcile/one-name.ts';
import { personIn, since, useHall } from './support.ts';

const hall = useHall();
const MINUTE = 60_000;

describe('an interval of a person whom Chime does not remove', () => {
  it.each([
    ['stage', 'demote'],
    ['audience', 'remove'],
  ] as const)('goes on in the %s after a failed attempt to %s', async (side, end) => {
    const { name, host } = await hall.open('vic');
    if (side === 'stage') await host.promote('vic');
    const line = await hall.line(name, 'vic', side === 'stage' ? 'promotion' : 'seat');
    const start = hall.now();
    hall.connect(line);
    await hall.deliverAll();
    hall.pass(MINUTE);
    hall.chime.strike('DeleteAttendee', 'error-500', 40);
    await expect(host[end]('vic')).rejects.toThrow();
    hall.pass(MINUTE); // the lease of the failed attempt is over
    const reconcile = () => reconcileMeeting(name, hall.chime.call('reconcile', { role: 'host' }));
    await reconcile().catch(() => {});
    const seen = async () => since(start, personIn(await host.attendance(), 'vic'));
    expect(await seen()).toEqual([`${side} 0-`]);
    hall.chime.world.emulator.state.faults = [];
    hall.pass(MINUTE); // and that of the reconciler
    await reconcile(); // which finishes a removal from the stage
    await host[end]('vic');
    hall.takeEvents(); // the event about the deletion is lost
    expect(await seen()).toEqual([`${side} 0-3?`]);
  });
});
