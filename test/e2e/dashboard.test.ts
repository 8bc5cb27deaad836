import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ManualClock } from '../support/clock.js';
import { attempted, change, deliveryOf, ended, report, subscribe } from '../support/deliveries.js';
import { type Receiver, startReceiver } from '../support/receiver.js';
import { startTestServer, type TestServer } from '../support/server.js';

const PATH = '/api/v1/webhooks/events/retry/dashboard';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const TAMPER = 'log.tamper_event';
const CALL = 'log.incoming_call';
const NONE = { success_rate: 100, delivered: 0, failed: 0, retrying: 0 };

let clock: ManualClock;
let server: TestServer;
let receiver: Receiver;
/** Of what is below. */
let begun: number;

const dashboard = async (query = '') => (await server.admin('GET', `${PATH}?${query}`)).json;

describe('the dashboard', () => {
  beforeAll(async () => {
    clock = new ManualClock();
    server = await startTestServer({ clock });
    receiver = await startReceiver();
    const tampers = await subscribe(server, `${receiver.url}/tampers`, {
      event_types: [TAMPER],
      max_retries: 1,
    });
    const calls = await subscribe(server, `${receiver.url}/calls`, { event_types: [CALL] });
    begun = clock.now();

    // One that fails for good, an hour before the rest.
    receiver.answerWith(500);
    const failing = await report(server, { event_type: TAMPER });
    await deliveryOf(server, failing, attempted(1));
    clock.suspend(HOUR);
    await deliveryOf(server, failing, ended);

    // Two delivered, one that is retried, one that waits for its webhook with an attempt made, one without.
    receiver.answerWith(({ path }) => (path === '/calls' ? 200 : 500));
    await deliveryOf(server, await report(server, { event_type: CALL }), ended);
    await deliveryOf(server, await report(server, { event_type: CALL, created_at: 0 }), ended);
    await deliveryOf(server, await report(server, { event_type: TAMPER }), attempted(1));
    receiver.answerWith(500);
    await deliveryOf(server, await report(server, { event_type: CALL }), attempted(1));
    await change(server, calls, `${receiver.url}/calls`, { event_types: [CALL], status: 'disabled' });
    await report(server, { event_type: CALL });

    // Cancelled, and a test: neither counts.
    const gone = await subscribe(server, `${receiver.url}/gone`, {
      status: 'disabled',
      event_types: [TAMPER],
    });
    await change(server, tampers, `${receiver.url}/tampers`, {
      event_types: ['log.door_was_opened'],
      max_retries: 1,
    });
    const cancelled = await report(server, { event_type: TAMPER });
    await server.admin('DELETE', `/api/v1/webhooks/${gone}`);
    await deliveryOf(server, cancelled, ({ status }) => status === 'cancelled');
    await server.admin('POST', `/api/v1/webhooks/${tampers}/test`);
  });
  afterAll(async () => {
    await server.stop();
    await receiver.close();
  });

  it('is the row of the panels, its members in their order', async () => {
    const answer = await server.admin('GET', PATH);
    expect([answer.status, answer.text]).toEqual([
      200,
      '{"success_rate":40,"delivered":2,"failed":1,"retrying":2}',
    ]);
  });

  it('goes by when an event was accepted, rounded out to minutes', async () => {
    const later = { success_rate: 50, delivered: 2, failed: 0, retrying: 2 };
    expect(await dashboard(`from=${begun + MINUTE}`)).toEqual(later);
    expect(await dashboard(`from=${begun + MINUTE - 1}`)).toMatchObject({ failed: 1 });
    expect(await dashboard(`to=${begun + HOUR - 1}`)).toEqual({ ...NONE, success_rate: 0, failed: 1 });
    expect(await dashboard(`to=${begun + HOUR}`)).toMatchObject({ failed: 1, delivered: 2 });
    expect(await dashboard(`from=${begun + 1}&to=${begun + 2}`)).toMatchObject({ failed: 1 });
    expect(await dashboard(`from=${begun + HOUR}&to=`)).toEqual(later);
  });

  it('takes seconds for seconds, and an empty end for none', async () => {
    expect(await dashboard(`from=${begun / 1000}&to=${begun / 1000 + 60}`)).toMatchObject({ failed: 1 });
    expect(await dashboard('from=0')).toMatchObject({ failed: 1, delivered: 2 });
    expect(await dashboard('from=&to=')).toMatchObject({ failed: 1, delivered: 2 });
    expect(await dashboard(`from=${begun + 1000 * HOUR}`)).toEqual(NONE);
  });

  it('is filtered by event type, with one decimal', async () => {
    const filter = (type: string) => `filter_field=event_type&filter_type=equal&filter_value=${type}`;
    expect(await dashboard(filter(CALL))).toEqual({
      success_rate: 66.7,
      delivered: 2,
      failed: 0,
      retrying: 1,
    });
    expect(await dashboard(filter(TAMPER))).toMatchObject({ success_rate: 0, failed: 1, retrying: 1 });
    expect(await dashboard(filter('log.bond_lift_request'))).toEqual(NONE);
  });

  it.each([
    ['from=1e12', 'Wrong time period'],
    ['to=-1', 'Wrong time period'],
    ['from=yesterday', 'Wrong time period'],
    ['from=2000000000000&to=1999999999999', 'Wrong time period'],
    ['from=2000000000000&to=2000000000000', 'Wrong time period'],
    ['from=1&from=2', 'Wrong time period'],
    ['filter_field=event_type&filter_value=log.nothing', 'Wrong event type'],
    ['filter_field=event_type', 'Wrong event type'],
    ['filter_field=status&filter_value=failed', 'Wrong filter field'],
    ['filter_value=log.tamper_event', 'Wrong filter field'],
    ['filter_field=event_type&filter_value=x&filter_type=like', 'Wrong filter type'],
    ['filter_field=event_type&filter_value=x&filter_format=int', 'Wrong filter format'],
    ['filter_field=event_type&filter_value=x&from=x', 'Wrong event type'],
  ])('refuses %s', async (query, error) => {
    const answer = await server.admin('GET', `${PATH}?${query}`);
    expect([answer.status, answer.json]).toEqual([400, { error }]);
  });

  it('ignores what is no parameter of it', async () => {
    expect(await dashboard('limit=7&page_number=x&sort_field=y&door=1')).toMatchObject({ delivered: 2 });
  });

  it('forgets nothing when a day has passed, and shows the last day unless asked', async () => {
    clock.suspend(60 * HOUR);
    expect(await dashboard()).toEqual(NONE);
    expect(await dashboard('from=0')).toMatchObject({ delivered: 2 });
    // Past 48 hours a window is whole hours.
    expect(await dashboard(`from=${begun + 59 * MINUTE}&to=${begun + 60 * MINUTE - 1}`)).toMatchObject({
      failed: 1,
      delivered: 0,
    });
  });
});
