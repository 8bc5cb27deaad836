import { requestForm } from '../../../src/domain/request-form.js';
import { requestHeaders } from '../../../src/domain/request-headers.js';
import { signer } from '../../../src/domain/signature.js';

/** ms: when the requests of these tests are sent */
export const SENT_AT = 1_745_947_874_500;
export const SECRET = '0123456789abcdef';
export const BODY =
  '{"data":{"card":12345678901234567890,"owner":"Žofie 王"},"created_at":1745947873611,"event_id":45,"event_type":"log.door_was_opened"}';

export interface SignedRequest {
  body: Buffer<ArrayBuffer>;
  headers: [name: string, value: string][];
}

/** A request as Latchhook sends it, made by Latchhook's own code. */
export function signedRequest({
  body = BODY,
  secret = SECRET,
  atMs = SENT_AT,
  attemptNumber = 1,
}: {
  body?: string | Uint8Array;
  secret?: string | null;
  atMs?: number;
  attemptNumber?: number;
} = {}): SignedRequest {
  const bytes = Buffer.from(body);
  const headers = requestHeaders(requestForm('Latchhook/0.1.0'), {
    ownHeaders: [['X-Own', 'value']],
    signer: secret === null ? null : signer(secret),
    messageId: 'wh_997jtgfn_5',
    body: bytes,
    attemptNumber,
    atMs,
    eventCreatedAt: 1_745_947_873_611,
    resend: false,
  });
  return { body: bytes, headers };
}

/** The headers with some of them changed, added, or (null) left out. */
export function withHeaders(
  headers: readonly (readonly [string, string])[],
  changes: Record<string, string | null>,
): [string, string][] {
  const kept = headers.filter(([name]) => !(name.toLowerCase() in changes));
  const added = Object.entries(changes).filter((change): change is [string, string] => change[1] !== null);
  return [...kept.map(([name, value]): [string, string] => [name, value]), ...added];
}

/** As a panel itself sends: without the headers of Standard Webhooks. */
export function asPanel(headers: readonly (readonly [string, string])[]): [string, string][] {
  return withHeaders(headers, { 'webhook-id': null, 'webhook-timestamp': null, 'webhook-signature': null });
}
