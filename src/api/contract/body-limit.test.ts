import { expect, test } from 'vitest';
import { WEBHOOK_LIMITS } from '../../domain/webhook-rules.js';
import { OPERATIONS } from '../operations.js';
import { bodyLimit } from './body-limit.js';
import { WebhookBody } from './webhook.js';

const KIB = 1024;

test('the longest webhook fits, with every character escaped', () => {
  const escaped = (length: number) => '\\ud834\\udd1e'.repeat(length);
  const { url, secret, headers, description } = WEBHOOK_LIMITS;
  const body = `{"url":"${escaped(url.max)}","secret":"${escaped(secret.max)}","headers":"${escaped(headers.max)}","description":"${escaped(description.max)}","status":"active","max_retries":5,"timeout":30000}`;

  expect(body.length).toBeLessThan(bodyLimit(WebhookBody));
});

test('no call but the one for events takes a body past 256 KiB, and a log-in takes 4 KiB', () => {
  const limits = OPERATIONS.flatMap(({ id, body }) =>
    body ? [[id, body.limit ?? bodyLimit(body.schema)] as const] : [],
  );

  expect(limits.filter(([, limit]) => limit > 256 * KIB)).toEqual([['acceptEvents', 8192 * KIB]]);
  expect(Object.fromEntries(limits)).toMatchObject({ logIn: 4 * KIB });
});
