import { WebhookVerificationError } from '../../src/errors.js';
import type { VerifyOptions } from '../../src/verify.js';
import { SENT_AT } from './signed-request.js';

/** Options with a clock that stands still. */
export const at = (ms: number, more: VerifyOptions = {}): VerifyOptions => ({ now: () => ms, ...more });

/** At the very moment when the requests of these tests are sent. */
export const sent = at(SENT_AT);

/** The code of the refusal, or `verified`. */
export async function codeOf(verifying: Promise<unknown>): Promise<string> {
  try {
    await verifying;
    return 'verified';
  } catch (error) {
    if (error instanceof WebhookVerificationError) return error.code;
    throw error;
  }
}
