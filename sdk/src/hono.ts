/** For Hono 4, on whatever it runs. */
import type { MiddlewareHandler } from 'hono';
import type { WebhookEvent } from './event.js';
import { bodyLimit, type ReceiverOptions, refusalOf } from './receive.js';
import { verifier } from './verify.js';
import { readWebBody } from './web-body.js';

export type { ReceiverOptions } from './receive.js';

/**
 * A middleware that reads and verifies the body and leaves the event in `c.get('webhook')`. What fails is
 * answered with 400, 401 or 413 and goes no further. Nothing may read the body before it; a `TypeError` says so,
 * which Hono answers with 500.
 * @throws TypeError at once for no secret or an impossible option
 */
export function webhookReceiver(
  options: ReceiverOptions,
): MiddlewareHandler<{ Variables: { webhook: WebhookEvent } }> {
  const check = verifier(options.secret, options);
  const limit = bodyLimit(options);
  return async (c, next) => {
    try {
      c.set('webhook', await check(await readWebBody(c.req.raw, limit), c.req.raw.headers));
    } catch (error) {
      const refusal = refusalOf(error);
      if (!refusal) throw error;
      return c.text(refusal.text, refusal.status);
    }
    return next();
  };
}
