import { Webhook } from 'standardwebhooks';
import { BadSecrets, keysIn, signatureOf } from '../../../lib/domain/webhooks/signature.ts';

const OLD = `whsec_${Buffer.alloc(24, 1).toString('base64')}`;
const NEW = `whsec_${Buffer.alloc(32, 2).toString('base64')}`;
const body = '{"type":"hand.raised","data":{"externalUserId":"zoë"}}';

function headersOf(secrets: string, signed = body) {
  const timestamp = Math.floor(Date.now() / 1000);
  const signature = signatureOf({ id: 'evt_1', timestamp, body: signed }, keysIn(secrets));
  return { 'webhook-id': 'evt_1', 'webhook-timestamp': String(timestamp), 'webhook-signature': signature };
}

describe('the signature of a webhook', () => {
  it('is accepted by the library of the specification, and is the one that it makes', () => {
    const headers = headersOf(NEW);
    expect(new Webhook(NEW).verify(body, headers)).toEqual(JSON.parse(body));
    const at = new Date(Number(headers['webhook-timestamp']) * 1000);
    expect(new Webhook(NEW).sign('evt_1', at, body)).toBe(headers['webhook-signature']);
  });

  it('is refused by that library for another body, another id, and another key', () => {
    const headers = headersOf(NEW);
    expect(() => new Webhook(NEW).verify(`${body} `, headers)).toThrow('signature');
    expect(() => new Webhook(NEW).verify(body, { ...headers, 'webhook-id': 'evt_2' })).toThrow('signature');
    expect(() => new Webhook(OLD).verify(body, headers)).toThrow('signature');
  });

  it('is accepted with either of two keys while they are rotated', () => {
    const headers = headersOf(`${NEW} ${OLD}`);
    for (const key of [NEW, OLD]) expect(new Webhook(key).verify(body, headers)).toEqual(JSON.parse(body));
  });
});

describe('signing keys', () => {
  it.each([
    ['an empty text', ''],
    ['another prefix', OLD.replace('whsec_', 'whpk_')],
    ['23 bytes', `whsec_${Buffer.alloc(23).toString('base64')}`],
    ['65 bytes', `whsec_${Buffer.alloc(65).toString('base64')}`],
    ['three keys', `${OLD} ${OLD} ${OLD}`],
    ['characters beside base64', `${OLD}%`],
  ])('are refused for %s, in words that do not show them', (_, text) => {
    let refusal: unknown;
    try {
      keysIn(text);
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(BadSecrets);
    expect(String(refusal)).not.toContain(text.slice(6, 20) || 'whsec_A');
  });
});
