import { randomBytes } from 'node:crypto';

/** The only source of randomness: this many lower-case hexadecimal digits. */
export type RandomHex = (digits: number) => string;

/** Cryptographically random digits. */
export const cryptoHex: RandomHex = (digits) =>
  randomBytes(Math.ceil(digits / 2))
    .toString('hex')
    .slice(0, digits);

/** A number in [0, 1). */
export const fraction = (hex: RandomHex): number => Number.parseInt(hex(12), 16) / 16 ** 12;

/** GUID-shaped, but not RFC 4122: version and variant digits are arbitrary, as in Chime's AttendeeIds. */
export function guid(hex: RandomHex, suffix = ''): string {
  const digits = hex(32 - suffix.length) + suffix;
  return [8, 12, 16, 20].reduceRight((text, at) => `${text.slice(0, at)}-${text.slice(at)}`, digits);
}
