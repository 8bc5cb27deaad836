import { WebhookHeaderError } from './errors.js';
import { bytesOf } from './secret.js';

/** One MAC that a request offers, decoded; 32 bytes. */
export type Mac = Uint8Array<ArrayBuffer>;

/** Each is compared with each secret: a bound on what a forged request can make us compute. */
const MAX_SIGNATURES = 8;

/** `v1,` and the canonical length of 32 bytes in base64; signatures of other versions are passed over. */
const STANDARD = /(?:^|[ ,])v1,([A-Za-z0-9+/]{43}=)(?![^ ,])/g;

/** @throws WebhookHeaderError for more signatures than anybody sends */
export function standardMacs(values: readonly string[]): Mac[] {
  const macs = [...values.join(' ').matchAll(STANDARD)].map(([, base64 = '']) => bytesOf(atob(base64)));
  if (macs.length > MAX_SIGNATURES) throw new WebhookHeaderError('malformed-header', 'webhook-signature');
  return macs;
}

/** @param hex 64 hex digits */
export function panelMac(hex: string): Mac {
  return Uint8Array.from({ length: 32 }, (_, i) => Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16));
}

/** Whether any of the MACs fits any of the keys. `crypto.subtle.verify` compares in constant time. */
export async function anyFits(
  keys: readonly CryptoKey[],
  macs: readonly Mac[],
  signed: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  const pairs = keys.flatMap((key) => macs.map((mac) => crypto.subtle.verify('HMAC', key, mac, signed)));
  // All of them, so that the time taken does not tell which one fitted.
  return (await Promise.all(pairs)).includes(true);
}
