import { whyTheyWait } from '../../web/map/waiting.ts';
import { live, replica, report } from './map-reports.ts';

const onStage = { meetingId: 'the-primary', mediaRegion: 'us-east-1', capacity: 240, seatsTaken: 1 } as const;
const audience = (waiting: number) => ({ ...report().audience, wanted: 1000, waiting });

describe('the reason why viewers wait', () => {
  it('is absent where no viewer waits', () => {
    expect(whyTheyWait(report())).toBe('');
  });

  it('is a stage without a presenter, before the start and after all have left', () => {
    expect(whyTheyWait(report({ audience: audience(1200) }))).toBe(
      '1,200 viewers wait: no presenter is on stage.',
    );
    const empty = live([replica('eu-west-1')], { primary: { ...onStage, seatsTaken: 0 } });
    expect(whyTheyWait(report({ audience: audience(1), topology: empty }))).toBe(
      '1 viewer waits: no presenter is on stage.',
    );
  });

  it('is that seats are being opened, or that none remain', () => {
    const opening = live([replica('eu-west-1', { status: 'opening' })], { primary: onStage });
    expect(whyTheyWait(report({ audience: audience(9), topology: opening }))).toContain('being opened');
    const full = live([replica('eu-west-1', { status: 'full' })], { primary: onStage });
    const one = { ...full, options: { ...full.options, maxReplicas: 1 } };
    expect(whyTheyWait(report({ audience: audience(9), topology: one }))).toContain('every seat is taken');
    expect(whyTheyWait(report({ audience: audience(9), topology: full }))).toContain('will retry');
  });
});
