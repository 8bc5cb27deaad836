/** What the plug-ins have in common: their options, and which answer a refusal becomes. */
import { WebhookBodyError, WebhookVerificationError } from './errors.js';
import type { VerifyOptions } from './verify.js';

export interface ReceiverOptions extends VerifyOptions {
  /** The webhook's secret; several while one is being replaced: any of them may fit. */
  secret: string | readonly string[];
  /** Longer bodies are not read to their end; default 262144. Those of Latchhook stay below 67000. */
  maxBodyBytes?: number;
}

export interface Refusal {
  status: 400 | 401 | 413;
  text: string;
}

const MAX_BODY_BYTES = 262_144;

/** @throws TypeError for an impossible option */
export function bodyLimit({ maxBodyBytes = MAX_BODY_BYTES }: ReceiverOptions): number {
  if (typeof maxBodyBytes !== 'number' || !(maxBodyBytes > 0)) {
    throw new TypeError('maxBodyBytes must be a number above 0');
  }
  return maxBodyBytes;
}

/** null: this is no fault of the request, but of the program around us. */
export function refusalOf(error: unknown): Refusal | null {
  if (!(error instanceof WebhookVerificationError)) return null;
  return { status: statusOf(error), text: `${error.message}\n` };
}

function statusOf({ code }: WebhookVerificationError): Refusal['status'] {
  if (code === 'body-too-large') return 413;
  return code === 'malformed-body' || code === 'body-cut-off' ? 400 : 401;
}

export function tooLarge(limit: number): WebhookBodyError {
  return new WebhookBodyError('body-too-large', `The body is longer than ${limit} bytes`);
}

export function concatenated(chunks: readonly Uint8Array[], total: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(total);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/** A body that a parser has consumed cannot be verified any more. */
export function bodyIsGone(): TypeError {
  return new TypeError('the body was read before it could be verified: verify before any body parser');
}
