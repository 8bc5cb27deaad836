import { describe, expect, it } from 'vitest';
import { signer } from '../../src/domain/signature.js';
import { ManualClock } from '../support/clock.js';
import { change, report, reportAll, subscribe } from '../support/deliveries.js';
import { aReceiver, aServer } from '../support/ephemeral.js';
import { type ReceivedRequest, refusingUrl } from '../support/receiver.js';
import type { TestServer } from '../support/server.js';
import { until } from '../support/until.js';

interface Entity {
  status: string;
  health: string;
}

interface News {
  health: string;
  reason: string | null;
}

const numberOf = ({ headers }: ReceivedRequest) => Number(String(headers['webhook-id']).split('_').at(-1));

const once = (server: TestServer, uid: number, satisfies: (entity: Entity) => boolean) =>
  until(async () => (await server.admin('GET', `/api/v1/webhooks/${uid}`)).json as Entity, satisfies);
const isOpen = ({ health }: Entity) => health === 'open';
const events = (count: number) => Array.from({ length: count }, (_, n) => ({ data: { n } }));

describe('the operator', () => {
  it('is told of each change, signed like a delivery, without the query of the URL', async () => {
    const clock = new ManualClock();
    const operator = await aReceiver();
    const secret = 'operators secret';
    const server = await aServer({
      clock,
      env: { LATCHHOOK_OPERATOR_URL: `${operator.url}/news`, LATCHHOOK_OPERATOR_SECRET: secret },
    });
    const receiver = await aReceiver({ answer: 503 });
    const uid = await subscribe(server, `${receiver.url}/hook?token=hidden`);
    await reportAll(server, events(3));
    const [opened] = await operator.next(1);
    receiver.answerWith(200);
    await once(server, uid, isOpen);
    clock.suspend(5_000);
    await operator.next(2);
    await once(server, uid, ({ health }) => health === 'draining');
    clock.suspend(10_000);
    const told = await operator.next(3);

    const url = `${receiver.url}/hook`;
    const news = told.map(({ body }) => JSON.parse(body.toString()) as Record<string, unknown>);
    expect(news).toMatchObject([
      { event: 'webhook.health', webhook_uid: uid, url, health: 'open', reason: 'status-503' },
      { event: 'webhook.health', webhook_uid: uid, url, health: 'draining', reason: null },
      { event: 'webhook.health', webhook_uid: uid, url, health: 'healthy', reason: null },
    ]);
    expect(opened?.headers['x-webhook-signature']).toBe(
      signer(secret).panel(opened?.body ?? Buffer.alloc(0)),
    );
  });

  it('is told once that a webhook was disabled, and by whom, and when a person enables it', async () => {
    const clock = new ManualClock();
    const operator = await aReceiver();
    const env = { LATCHHOOK_OPERATOR_URL: operator.url, LATCHHOOK_DISABLE_AFTER_HOURS: '1' };
    const server = await aServer({ clock, env });
    const receiver = await aReceiver({ answer: 503 });
    const uid = await subscribe(server, receiver.url);
    const opens = async () => {
      await reportAll(server, events(3));
      await once(server, uid, isOpen);
    };

    await opens();
    clock.suspend(3_600_000);
    await once(server, uid, ({ status }) => status === 'disabled');
    await change(server, uid, receiver.url);
    await opens();
    await change(server, uid, receiver.url, { status: 'disabled' });

    // several are sent at a time: their ids have the order
    const inOrder = (await operator.next(5)).sort((a, b) => numberOf(a) - numberOf(b));
    const told = inOrder.map(({ body }) => JSON.parse(body.toString()) as News);
    expect(told.map(({ health, reason }) => [health, reason])).toEqual([
      ['open', 'status-503'],
      ['disabled', 'failing-too-long'],
      ['healthy', 'enabled'],
      ['open', 'status-503'],
      ['disabled', 'by-user'],
    ]);
  });

  it('hears of the failure of others though it fails now and then, and never of its own', async () => {
    const clock = new ManualClock();
    const operator = await aReceiver({ answer: 500 });
    const server = await aServer({ clock, env: { LATCHHOOK_OPERATOR_URL: `${operator.url}/news` } });
    const own = await subscribe(server, `${operator.url}/news?as=webhook`, {
      event_types: ['log.tamper_event'],
    });
    await server.admin(
      'POST',
      '/api/v1/events',
      events(6).map((one) => ({ ...one, event_type: 'log.tamper_event' })),
    );
    await once(server, own, isOpen);
    const uid = await subscribe(server, await refusingUrl());
    const before = operator.requests.length;
    await reportAll(server, events(3));
    await operator.next(before + 1);
    await once(server, uid, isOpen);

    operator.answerWith(200);
    await until(
      async () => {
        clock.advance(1_000);
        return operator.requests.filter(({ path }) => path === '/news').length;
      },
      (count) => count >= 2,
    );
    const news = operator.requests.filter(({ path }) => path === '/news');
    expect(
      new Set(news.map(({ body }) => (JSON.parse(body.toString()) as { webhook_uid: number }).webhook_uid)),
    ).toEqual(new Set([uid]));
    expect(news.map(({ headers }) => headers['x-webhook-attempt'])).toEqual(['1', '2']);
    expect(new Set(news.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(await report(server)).toBeGreaterThan(0);
  });
});
