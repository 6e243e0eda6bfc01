import { answerBinding, isStun } from '../../../emulator/media/stun.ts';

const bytes = (hex: string) => Buffer.from(hex.replace(/\s/g, ''), 'hex');

/** The sample request of RFC 5769, 2.1, and who it is for. */
const REQUEST = bytes(`
  00010058 2112a442 b7e7a701bc34d686fa87dfae
  80220010 5354554e207465737420636c69656e74
  00240004 6e0001ff
  80290008 932ff9b151263b36
  00060009 6576746a3a68367659202020
  00080014 9aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2
  80280004 e57a3bcf`);
const NAME = { ufrag: 'evtj', password: 'VOkJxbRl1RmTxUk/WvJxBt' };
const FROM = { address: '192.0.2.1', port: 32853 };

describe('an ICE-lite agent', () => {
  it('returns the address of a client, as the sample response of RFC 5769 does', () => {
    const reply = answerBinding(REQUEST, NAME, FROM)?.reply.toString('hex');
    expect(reply).toMatch(/^0101002c2112a442b7e7a701bc34d686fa87dfae002000080001a147e112a643/);
  });

  it('signs its response with MESSAGE-INTEGRITY and FINGERPRINT', () => {
    const { reply } = answerBinding(REQUEST, NAME, FROM) ?? { reply: Buffer.alloc(0) };
    expect(reply.readUInt16BE(20 + 12)).toBe(0x0008);
    expect(reply.readUInt16BE(20 + 12 + 24)).toBe(0x8028);
    expect(reply.length).toBe(20 + reply.readUInt16BE(2));
  });

  it('does not answer a wrong password, another user fragment, or a changed byte', () => {
    const changed = Buffer.from(REQUEST);
    changed[30] = 0;
    expect(answerBinding(REQUEST, { ...NAME, password: 'other' }, FROM)).toBeUndefined();
    expect(answerBinding(REQUEST, { ...NAME, ufrag: 'evt' }, FROM)).toBeUndefined();
    expect(answerBinding(changed, NAME, FROM)).toBeUndefined();
  });

  it('recognizes a nomination only by USE-CANDIDATE', () => {
    expect(answerBinding(REQUEST, NAME, FROM)?.nominates).toBe(false);
  });

  it('tells STUN from DTLS, RTP and noise', () => {
    const dtls = bytes('16fefd0000000000000000002c0100002000000000000000');
    const rtp = bytes('806f0001000000010000000100000000000000000000');
    expect([REQUEST, dtls, rtp, Buffer.from([0])].map(isStun)).toEqual([true, false, false, false]);
  });
});
