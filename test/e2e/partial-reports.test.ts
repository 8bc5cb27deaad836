import { expect, test } from 'vitest';
import { aServer } from '../support/ephemeral.js';

const EVENT = { event_type: 'log.tamper_event' };
const refused = (error: string, code: string) => ({ error, code });
const accepted = (eventId: number, duplicate = false) => ({ event_id: eventId, duplicate });

test('a partial report takes what can be taken, and says of the rest why not, in the order sent', async () => {
  const server = await aServer();
  const report = (body: unknown, query = '?partial=true') =>
    server.admin('POST', `/api/v1/events${query}`, body);
  await report({ ...EVENT, idempotency_key: 'a', source: 'one' });

  const answer = await report([
    EVENT,
    { event_type: 'log.no_such_event' },
    7,
    { source: 'x' },
    { ...EVENT, data: { picture: 'x'.repeat(70_000) } },
    { ...EVENT, idempotency_key: 'a', source: 'other' },
    { ...EVENT, idempotency_key: 'a', source: 'one' },
    { ...EVENT, idempotency_key: 'b', source: 'one' },
    { ...EVENT, idempotency_key: 'b', source: 'other' },
    EVENT,
  ]);

  expect(answer.status).toBe(202);
  const conflict = refused('Idempotency key was used with another event', 'idempotency-conflict');
  expect(answer.json).toEqual({
    items: [
      accepted(2),
      refused('Invalid event types', 'invalid-event-types'),
      refused('Wrong JSON body', 'wrong-json'),
      refused('Wrong JSON body: no value for event_type', 'no-value'),
      refused('Event data too large', 'event-data-too-large'),
      conflict,
      accepted(1, true),
      accepted(3),
      conflict,
      accepted(4),
    ],
  });
  const { list_items: items } = (await server.admin('GET', '/api/v1/events?limit=10')).json as {
    list_items: unknown[];
  };
  expect(items).toHaveLength(4);
});

test('a partial report is refused as a whole for what concerns the whole, and one event as ever', async () => {
  const server = await aServer();
  const report = async (body: unknown, query: string) => {
    const { status, json } = await server.admin('POST', `/api/v1/events${query}`, body);
    return { status, json };
  };
  const wrong = { event_type: 'log.no_such_event' };

  expect(await report([wrong], '?partial=true')).toEqual({
    status: 202,
    json: { items: [refused('Invalid event types', 'invalid-event-types')] },
  });
  const error = (text: string) => ({ status: 400, json: { error: text } });
  expect(await report(wrong, '?partial=true')).toEqual(error('Invalid event types'));
  expect(await report([wrong], '?partial=false')).toEqual(error('Invalid event types (item 0)'));
  expect(await report([EVENT], '?partial=yes')).toEqual(error("Partial must be 'true' or 'false'"));
  expect(await report([], '?partial=true')).toEqual(error('Wrong JSON body'));
  expect(await report(Array(1_001).fill(EVENT), '?partial=true')).toEqual(error('Too many events'));
  expect(await report(EVENT, '?partial=true')).toMatchObject({ status: 202, json: { items: [accepted(1)] } });
});
