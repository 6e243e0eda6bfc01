import { pauseBefore } from '../../client/stay/after-stop.ts';

describe('the pause before joining again', () => {
  it('spreads an audience over a second and a half', () => {
    expect([pauseBefore(0, 0), pauseBefore(0, 0.5), pauseBefore(0, 1)]).toEqual([0, 750, 1500]);
  });

  it('grows for a page that fails repeatedly, up to half a minute', () => {
    expect([1, 2, 3, 9].map((failures) => pauseBefore(failures, 1))).toEqual([3000, 6000, 12_000, 30_000]);
  });
});
