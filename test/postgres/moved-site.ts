/** A store on SQLite in which everything has happened, filled through the public door, and what it is moved to. */
import { randomBytes } from 'node:crypto';
import { EVENT_TYPES } from '../../src/domain/event-types.js';
import { Client } from '../faults/client.js';
import { attemptOf, type DataFolder, dataFolder } from '../faults/site.js';
import { createDatabase, type TestDatabase } from '../support/postgres.js';
import { type SpawnedProcess, spawnProcess } from '../support/process.js';
import { deliveryUidOf, type Receiver, startReceiver } from '../support/receiver.js';
import { basic } from '../support/server.js';
import { until } from '../support/until.js';

const [WANTED, MISSED, LOST, HELD, ENDED, TIRED] = EVENT_TYPES as [
  string,
  string,
  string,
  string,
  string,
  string,
];
const HOUR_MS = '3600000';
const PASSWORD = 'porter-of-the-lobby';
const MANY_TRIES = 1_000_000;
/** So many deliveries that the lists have whole blocks of them, and more than a resend leaves open. */
const WANTED_EVENTS = 600;
const MISSED_EVENTS = 8;
const HELD_EVENTS = 5;
/** More than its circuit takes. */
const TIRED_EVENTS = 8;

interface Item {
  item_uid: number;
  status: string;
}

export class MovedSite {
  readonly folder: DataFolder;
  readonly database: TestDatabase;
  readonly secretKey = randomBytes(32).toString('hex');
  readonly webhooks: Record<'good' | 'failing' | 'tired' | 'slow' | 'disabled', number> = {
    good: 0,
    failing: 0,
    tired: 0,
    slow: 0,
    disabled: 0,
  };
  readonly receivers: Record<'good' | 'failing' | 'slow' | 'disabled', Receiver>;
  /** Of the administrator, the poller of the log, and a machine: all were made on the source. */
  client = new Client('', '');
  poller = '';
  key = '';
  #release: () => void = () => {};

  private constructor(folder: DataFolder, database: TestDatabase, receivers: MovedSite['receivers']) {
    this.folder = folder;
    this.database = database;
    this.receivers = receivers;
  }

  static async open(): Promise<MovedSite> {
    const [folder, database] = [await dataFolder(), await createDatabase()];
    const [good, failing, slow, disabled] = await Promise.all([
      startReceiver(),
      startReceiver({ answer: ({ path }) => ({ status: path === '/410' ? 410 : 500, body: 'no\0door' }) }),
      startReceiver(),
      startReceiver(),
    ]);
    const site = new MovedSite(folder, database, { good, failing, slow, disabled });
    const released = new Promise<void>((resolve) => {
      site.#release = resolve;
    });
    slow.answerWith(async () => {
      await released;
      return 200;
    });
    return site;
  }

  get sqlite(): string {
    return `sqlite:${this.folder.path}/latchhook.db`;
  }

  /** From now on the slow receiver answers. */
  releaseSlow(): void {
    this.#release();
  }

  serve(url: string, name: string): SpawnedProcess {
    return spawnProcess({
      dataDir: this.folder.path,
      env: { ...this.#env(url), LATCHHOOK_USER_AGENT: name },
    });
  }

  run(...args: string[]): SpawnedProcess {
    return spawnProcess({ dataDir: this.folder.path, env: this.#env(this.database.url), args });
  }

  move(...args: string[]): SpawnedProcess {
    return this.run('migrate-store', '--from', this.sqlite, ...args);
  }

  /** A server on the source in which something of everything happens, and which is killed in the middle of it. */
  async fill(events = WANTED_EVENTS): Promise<SpawnedProcess> {
    const server = this.serve(this.sqlite, 'source');
    this.client = await Client.logIn(await server.listening);
    await this.#makePeople();
    await this.#makeWebhooks();
    await this.#report(events);
    await this.#resend();
    await this.#readLog();
    return server;
  }

  async kill(server: SpawnedProcess): Promise<void> {
    server.kill('SIGKILL');
    await server.exited;
  }

  /** What clients see of a server, by the path that they asked for. */
  async views(client: Client): Promise<Record<string, string>> {
    const views: Record<string, string> = {};
    const window = 'from=1000000000000&to=9000000000000';
    const page = 'limit=50&page_number';
    const paths = [
      `/api/v1/webhooks?${page}=1`,
      ...Object.values(this.webhooks).map((uid) => `/api/v1/webhooks/${uid}`),
      `/api/v1/webhooks/events?${page}=1`,
      `/api/v1/webhooks/events?${page}=9&sort_type=asc`,
      ...['delivered', 'failed', 'held', 'cancelled', 'pending', 'retrying'].map(
        (status) => `/api/v1/webhooks/events?${page}=1&status=${status}`,
      ),
      `/api/v1/webhooks/events?${page}=2&webhook_uid=${this.webhooks.good}`,
      `/api/v1/webhooks/events?${page}=1&source=garage`,
      `/api/v1/webhooks/events/retry/queue?${page}=1`,
      `/api/v1/webhooks/events/retry/dashboard?${window}`,
      '/api/v1/events?cursor=&limit=200',
      `/api/v1/events?${page}=1&source=garage&sort_type=asc`,
      `/api/v1/events?${page}=1&state=unmatched`,
      `/api/v1/resends?${page}=1`,
      `/api/v1/users?${page}=1`,
      `/api/v1/keys?${page}=1`,
      `/api/v1/audit?${page}=1`,
      `/api/v1/statistics?${window}&by=webhook`,
      `/api/v1/statistics?${window}&by=event_type`,
      `/api/v1/log/items?${page}=1`,
      `/api/v1/log/items?${page}=3&sort_type=asc&locale=de`,
    ];
    for (const path of paths) views[path] = await textOf(client, path);
    const poller = new Client(client.url, this.poller);
    views['the log of the poller'] = await textOf(poller, '/api/v1/log/items?limit=20&page_number=1');
    const { body } = await client.call<{ list_items: Item[] }>('GET', `/api/v1/webhooks/events?${page}=1`);
    for (const { item_uid: uid } of body.list_items.slice(0, 20)) {
      views[`delivery ${uid}`] = await textOf(client, `/api/v1/webhooks/events/${uid}`);
    }
    for (const event of [1, 2, WANTED_EVENTS, WANTED_EVENTS + 1, WANTED_EVENTS + MISSED_EVENTS]) {
      views[`event ${event}`] = await textOf(client, `/api/v1/events/${event}`);
    }
    return views;
  }

  /** Uids of the deliveries of a webhook that have one of these states. */
  async uids(client: Client, webhook: number, status: string): Promise<number[]> {
    const uids: number[] = [];
    for (let page = 1; ; page++) {
      const path = `/api/v1/webhooks/events?limit=50&page_number=${page}&webhook_uid=${webhook}&status=${status}&sort_type=asc`;
      const { body } = await client.call<{ list_items: Item[] }>('GET', path);
      if (body.list_items.length === 0) return uids;
      uids.push(...body.list_items.map(({ item_uid: uid }) => uid));
    }
  }

  /** Resolves when a webhook is owed nothing any more. */
  async ended(client: Client, webhook: number): Promise<void> {
    const path = `/api/v1/webhooks/events?limit=10&page_number=1&webhook_uid=${webhook}&status=pending`;
    const open = () => client.call<{ list_items: Item[] }>('GET', path);
    await until(open, ({ body }) => body.list_items.length === 0, MANY_TRIES);
  }

  /** What a server of this name has sent to a receiver: uids, in the order in which they came. */
  sent(receiver: keyof MovedSite['receivers'], by: string): { uid: number; attempt: number }[] {
    return this.receivers[receiver].requests
      .filter(({ headers }) => headers['user-agent'] === by)
      .map(({ headers }) => ({ uid: deliveryUidOf(headers), attempt: attemptOf(headers) }));
  }

  async logIn(url: string, username: string): Promise<number> {
    const headers = { authorization: basic(username, PASSWORD) };
    return (await fetch(`${url}/api/v1/webhooks?limit=10&page_number=1`, { headers })).status;
  }

  /** One event of a machine, with its idempotency key. */
  postAsMachine(
    url: string,
  ): Promise<{ status: number; body: { items: { event_id: number; duplicate: boolean }[] } }> {
    const event = { event_type: LOST, idempotency_key: 'door 7, ring 3', created_at: 1_700_000_000_000 };
    return new Client(url, `Bearer ${this.key}`).call('POST', '/api/v1/events', [event]);
  }

  async close(): Promise<void> {
    this.#release();
    for (const receiver of Object.values(this.receivers)) await receiver.close();
    await this.database.drop();
    await this.folder.remove();
  }

  #env(url: string): Record<string, string> {
    return {
      LATCHHOOK_DATABASE_URL: url,
      LATCHHOOK_SECRET_KEY: this.secretKey,
      // What waits for its next try waits for longer than the test.
      LATCHHOOK_RETRY_BASE_MS: HOUR_MS,
    };
  }

  async #makePeople(): Promise<void> {
    for (const username of ['poller', 'locked', 'gone']) {
      const account = { username, password: PASSWORD, account_type: 'user' };
      const { body } = await this.#ok<{ item_uid: number }>('POST', '/api/v1/users', account);
      if (username === 'gone') await this.#ok('DELETE', `/api/v1/users/${body.item_uid}`);
    }
    this.poller = basic('poller', PASSWORD);
    const key = { name: 'gate', scopes: ['events:write'] };
    this.key = (await this.#ok<{ key: string }>('POST', '/api/v1/keys', key)).body.key;
    for (let n = 0; n < 10; n++) {
      const headers = { authorization: basic('locked', `wrong ${n}`) };
      await fetch(`${this.client.url}/api/v1/webhooks?limit=10&page_number=1`, { headers });
    }
  }

  async #makeWebhooks(): Promise<void> {
    const { client, receivers } = this;
    const make = (receiver: Receiver, types: string[], change: object = {}) =>
      client.createWebhook(receiver.url, types, { max_retries: 3, timeout: 30_000, ...change });
    this.webhooks.good = await make(receivers.good, [WANTED], {
      secret: 'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM=',
      headers: '{"X-Door":"7"}',
    });
    this.webhooks.failing = await make(receivers.failing, [LOST]);
    await client.createWebhook(`${receivers.failing.url}/410`, [ENDED]);
    this.webhooks.tired = await make(receivers.failing, [TIRED], { url: `${receivers.failing.url}/tired` });
    this.webhooks.slow = await make(receivers.slow, [WANTED], { rate_limit: null });
    this.webhooks.disabled = await make(receivers.disabled, [HELD], { ordered: true, status: 'disabled' });
    const gone = await client.createWebhook(`${receivers.good.url}/gone`, [HELD]);
    await this.#ok('DELETE', `/api/v1/webhooks/${gone}`);
  }

  async #report(wanted: number): Promise<void> {
    const { client } = this;
    const post = async (type: string, count: number, source: string) => {
      const events = Array.from({ length: count }, (_, n) => ({
        event_type: type,
        source,
        // A number that no double holds, and a character that PostgreSQL has none of.
        data: { n, card: 'NUMBER', note: 'a\0b' },
        created_at: 1_700_000_000_000 + 60_000 * n,
      }));
      const text = JSON.stringify(events).replaceAll('"NUMBER"', '12345678901234567890');
      const headers = { authorization: client.authorization };
      const answer = await fetch(`${client.url}/api/v1/events`, { method: 'POST', headers, body: text });
      if (answer.status !== 202) throw new Error(await answer.text());
    };
    await post(WANTED, wanted, 'lobby');
    await post(MISSED, MISSED_EVENTS, 'garage');
    await post(HELD, HELD_EVENTS, 'garage');
    await post(ENDED, 1, 'garage');
    await post(TIRED, TIRED_EVENTS, 'garage');
    if ((await this.postAsMachine(client.url)).status !== 202) throw new Error('the machine was refused');
    const { good, failing, tired, disabled } = this.webhooks;
    // Until each has come to where it stays.
    await this.ended(client, good);
    await this.ended(client, failing);
    await until(
      () => this.uids(client, tired, 'held'),
      (uids) => uids.length === TIRED_EVENTS,
      MANY_TRIES,
    );
    const [first] = await this.uids(client, disabled, 'held');
    await this.#ok('POST', `/api/v1/webhooks/events/${first}/cancel`);
    await textOf(client, `/api/v1/webhooks/${good}/test`, 'POST');
    await this.#ok('PUT', `/api/v1/webhooks/${good}`, {
      url: this.receivers.good.url,
      status: 'active',
      event_types: [WANTED],
      max_retries: 2,
      timeout: 30_000,
      description: 'the second version',
    });
  }

  /** One that has ended, with deliveries for events that nobody wanted, and one that waits for the slow receiver. */
  async #resend(): Promise<void> {
    const { client } = this;
    const { good, slow } = this.webhooks;
    const [again] = await this.uids(client, good, 'delivered');
    await this.#ok('POST', `/api/v1/webhooks/events/${again}/resend`);
    const ends = async (job: number) =>
      (await client.call<{ state: string }>('GET', `/api/v1/resends/${job}`)).body.state;
    const missed = { mode: 'events', event_types: [MISSED] };
    const done = await this.#ok<{ item_uid: number }>('POST', '/api/v1/resends', {
      webhook_uid: good,
      ...missed,
    });
    await until(
      () => ends(done.body.item_uid),
      (state) => state !== 'running',
      MANY_TRIES,
    );
    await this.ended(client, good);
    await this.#ok('POST', '/api/v1/resends', { webhook_uid: slow, ...missed });
  }

  /** The poller has read a part of the log. */
  async #readLog(): Promise<void> {
    const poller = new Client(this.client.url, this.poller);
    const path = '/api/v1/log/items?limit=50&page_number=1&sort_type=asc';
    await poller.call('GET', path);
    await poller.call('POST', '/api/v1/system/data/clear', { clear_fields: ['logs'] });
    await poller.call('GET', path);
  }

  async #ok<Body>(method: string, path: string, body?: unknown) {
    const answer = await this.client.call<Body>(method, path, body);
    if (answer.status !== 200 && answer.status !== 202) {
      throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    }
    return answer;
  }
}

/** Letter by letter. */
async function textOf(client: Client, path: string, method = 'GET'): Promise<string> {
  const { authorization } = client;
  const answer = await fetch(client.url + path, { method, headers: { authorization } });
  const text = await answer.text();
  if (answer.status !== 200) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  // Of what was sent: it is made anew from settings, and each server has its own here.
  return text.replaceAll(/User-Agent: (source|target)/g, 'User-Agent: …');
}
