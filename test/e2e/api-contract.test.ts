import { Check } from 'typebox/value';
import { describe, expect, test } from 'vitest';
import { Event } from '../../src/api/contract/event.js';
import { Info } from '../../src/api/contract/info.js';
import { LoginAnswer } from '../../src/api/contract/login.js';
import { WebhookBody, WebhookEntity, WebhookList } from '../../src/api/contract/webhook.js';
import { startTestServer } from '../support/server.js';

describe('what the API answers is what its schemas say', () => {
  test('for device info, log-in, webhooks and events', async () => {
    const server = await startTestServer();
    const body: WebhookBody = {
      url: 'http://127.0.0.1:9/',
      status: 'disabled',
      event_types: ['log.tamper_event'],
      max_retries: 1,
    };
    const login = { username: 'admin', password: 'door-keeper-7' };

    expect(Check(WebhookBody, body)).toBe(true);
    await server.admin('POST', '/api/v1/webhooks', body);
    await server.admin('POST', '/api/v1/events', { event_type: 'log.tamper_event' });
    const answers = [
      [Info, await server.call('GET', '/api/info')],
      [LoginAnswer, await server.call('POST', '/api/v1/login', { body: login })],
      [WebhookEntity, await server.admin('GET', '/api/v1/webhooks/1')],
      [WebhookList, await server.admin('GET', '/api/v1/webhooks')],
      [Event, await server.admin('GET', '/api/v1/events/1')],
    ] as const;

    for (const [schema, { json }] of answers)
      expect({ json, fits: Check(schema, json) }).toEqual({ json, fits: true });
    await server.stop();
  });
});

describe('the schema of a webhook draws its limits where the rules do', () => {
  test.each([
    ['max_retries', 0, 1, 5, 6],
    ['timeout', 999, 1000, 30_000, 30_001],
    ['secret', 'x'.repeat(15), 'x'.repeat(16), 'x'.repeat(128), 'x'.repeat(129)],
  ])('%s', async (name, below, least, most, above) => {
    const server = await startTestServer();
    for (const [index, value] of [below, least, most, above].entries()) {
      const body = {
        url: `http://127.0.0.1:9/${index}`,
        status: 'active',
        event_types: ['log.tamper_event'],
        max_retries: 1,
        [name]: value,
      };
      const { status } = await server.admin('POST', '/api/v1/webhooks', body);

      expect({ value, accepted: status === 200 }).toEqual({ value, accepted: Check(WebhookBody, body) });
    }
    await server.stop();
  });
});
