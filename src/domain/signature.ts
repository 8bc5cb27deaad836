import { createHmac } from 'node:crypto';

/** Signs bodies with one webhook's secret. */
export interface Signer {
  /** `X-Webhook-Signature`: 64 lower-case hex digits. */
  panel(body: Uint8Array): string;
  /** `webhook-signature`: `v1,` and base64, over `id.timestamp.body`. */
  standard(id: string, timestampSeconds: number, body: Uint8Array): string;
}

// Bytes as keys: 2.1–2.8 µs for an HMAC of 400 bytes, strings 2.2–4.3, KeyObjects 2.2–2.9.
// A copied hash in place of an HMAC takes 3.2–5.9 µs.
export function signer(secret: string): Signer {
  const panelKey = Buffer.from(secret);
  const standardKey = decodedSecret(secret) ?? panelKey;
  return {
    panel: (body) => createHmac('sha256', panelKey).update(body).digest('hex'),
    standard: (id, timestampSeconds, body) =>
      `v1,${createHmac('sha256', standardKey).update(`${id}.${timestampSeconds}.`).update(body).digest('base64')}`,
  };
}

const PREFIX = 'whsec_';

/** The bytes that a `whsec_` secret spells in canonical base64, 16 to 96 of them; null for any other secret. */
function decodedSecret(secret: string): Buffer | null {
  if (!secret.startsWith(PREFIX)) return null;
  const spelled = secret.slice(PREFIX.length);
  const bytes = Buffer.from(spelled, 'base64');
  const fits = bytes.length >= 16 && bytes.length <= 96;
  return fits && bytes.toString('base64') === spelled ? bytes : null;
}
