/** Several nodes on one PostgreSQL, receivers that remember, and clients that go from node to node. */
import { randomBytes } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import postgres from 'postgres';
import type { PostgresServer } from '../../local-postgres/server.js';
import { systemClock } from '../../src/clock.js';
import { EVENT_TYPES } from '../../src/domain/event-types.js';
import { type SpawnedProcess, spawnProcess } from '../support/process.js';
import type { AnswerWith } from '../support/receiver.js';
import { until } from '../support/until.js';
import { REPEATS_PER_END, repeats } from './account.js';
import { Client } from './client.js';
import { nextNumber } from './load.js';
import { type DataFolder, Door, dataFolder } from './site.js';

const [COMMON, IN_TURN] = EVENT_TYPES as [string, string];
const CLIENTS = 4;
const LARGEST_BATCH = 10;
/** ms that a client waits after a refusal, or when a node is gone. */
const REST_MS = 20;
/** ms after which a client gives up on a node, which may be frozen. */
const PATIENCE_MS = 2_000;
const MANY_TRIES = 10_000_000;

export interface Node {
  process: SpawnedProcess;
  url: string;
}

export interface NodesSiteOptions {
  /** Default 3. */
  nodes?: number;
  /** Of the database; default: the server's own. */
  url?: string;
  /** Where its end is looked at; default: the server. */
  look?: string;
  answer?: AnswerWith;
}

export class NodesSite {
  readonly sql: postgres.Sql;
  readonly plain: Door;
  /** Its webhook is ordered. */
  readonly inTurn: Door;
  readonly nodes: Node[] = [];
  readonly #url: string;
  readonly #folders: DataFolder[] = [];
  readonly #secretKey = randomBytes(32).toString('hex');
  readonly #answers = new EventEmitter().setMaxListeners(0);
  /** By 202: number → whether its webhook is ordered. */
  readonly #accepted = new Map<number, boolean>();
  /** Numbers of the ordered ones, in the order in which they were accepted one after the other. */
  readonly #sequence: number[] = [];
  #authorization = '';
  #started = 0;
  #refused = 0;
  #loops: Promise<void>[] = [];
  #loading = false;

  private constructor(url: string, look: string, plain: Door, inTurn: Door) {
    this.#url = url;
    this.plain = plain;
    this.inTurn = inTurn;
    this.sql = postgres(look, { max: 1, onnotice: () => {} });
  }

  static async open(server: PostgresServer, options: NodesSiteOptions = {}): Promise<NodesSite> {
    const { nodes = 3, url = server.url, look = server.url, answer = 200 } = options;
    const site = new NodesSite(
      url,
      look,
      await Door.open([COMMON, IN_TURN], answer),
      await Door.open([IN_TURN], 200),
    );
    await Promise.all(Array.from({ length: nodes }, (_, place) => site.addNode(place)));
    const client = await Client.logIn(site.#node(0).url);
    site.#authorization = client.authorization;
    site.plain.webhookUid = await client.createWebhook(site.plain.receiver.url, site.plain.eventTypes);
    site.inTurn.webhookUid = await client.createWebhook(site.inTurn.receiver.url, site.inTurn.eventTypes, {
      ordered: true,
    });
    return site;
  }

  get accepted(): number {
    return this.#accepted.size;
  }

  get refused(): number {
    return this.#refused;
  }

  /** Starts one more, beside the others or in the place of one that ended; resolves when it takes requests. */
  async addNode(place: number): Promise<Node> {
    const folder = await dataFolder();
    this.#folders.push(folder);
    this.#started += 1;
    const started = spawnProcess({
      dataDir: folder.path,
      env: {
        LATCHHOOK_DATABASE_URL: this.#url,
        LATCHHOOK_SECRET_KEY: this.#secretKey,
        LATCHHOOK_RETRY_BASE_MS: '40',
        LATCHHOOK_RETRY_FACTOR: '1',
        LATCHHOOK_USER_AGENT: `node-${this.#started}`,
      },
    });
    const node: Node = { process: started, url: '' };
    this.nodes[place] = node;
    node.url = await started.listening;
    return node;
  }

  client(place: number): Client {
    return new Client(this.#node(place).url, this.#authorization);
  }

  startLoad(): void {
    this.#loading = true;
    const clients = Array.from({ length: CLIENTS }, (_, n) => this.#postCommon(n));
    this.#loops = [...clients, this.#postInTurn()];
  }

  async stopLoad(): Promise<void> {
    this.#loading = false;
    await Promise.all(this.#loops);
  }

  /** Resolves when `count` more events were accepted. */
  async takesIn(count: number): Promise<void> {
    const wanted = this.#accepted.size + count;
    while (this.#accepted.size < wanted) await once(this.#answers, 'accepted');
  }

  /** Resolves when `count` more were refused with a 503. */
  async refuses(count: number): Promise<void> {
    const wanted = this.#refused + count;
    while (this.#refused < wanted) await once(this.#answers, 'refused');
  }

  /** Resolves when nothing is owed any more. */
  async settles(): Promise<void> {
    await until(
      () => this.sql<{ open: number }[]>`select count(*)::int as open from delivery where state < 2`,
      ([row]) => row?.open === 0,
      MANY_TRIES,
    );
  }

  /** How often a node was silent for so long that it got another session: what it had under way is made again. */
  get replaced(): number {
    const lines = this.nodes.flatMap(({ process: one }) => one.stdout);
    return lines.filter((line) => line.includes('this node has a new session')).length;
  }

  /** One line for each thing that is wrong; `ends`: how many nodes lost what they had under way. */
  async faults(ends: number): Promise<string[]> {
    const faults: string[] = [];
    const [counted] = await this.sql<{ owed: number; delivered: number }[]>`
      select (select coalesce(sum(fanout), 0)::int from event) as owed,
        (select count(*)::int from delivery where state = 2) as delivered`;
    if (counted?.owed !== counted?.delivered)
      faults.push(`${counted?.owed} are owed, and ${counted?.delivered} delivered`);
    for (const door of [this.plain, this.inTurn]) {
      const arrived = new Set(door.arrivals.map(({ n }) => n));
      for (const [n, ordered] of this.#accepted) {
        if ((door === this.plain || ordered) && !arrived.has(n))
          faults.push(`${n} was accepted and never came`);
      }
      const again = repeats(door.arrivals).length;
      if (again > ends * REPEATS_PER_END) faults.push(`${again} attempts were made twice after ${ends} ends`);
    }
    return [...faults, ...this.#faultsOfOrder()];
  }

  summary(): string {
    const again = repeats(this.plain.arrivals).length + repeats(this.inTurn.arrivals).length;
    const arrived = this.plain.arrivals.length + this.inTurn.arrivals.length;
    return `${this.accepted} events accepted, ${this.refused} requests refused, ${arrived} arrivals, ${again} repeated, ${this.replaced} sessions replaced`;
  }

  async close(): Promise<void> {
    await this.stopLoad();
    for (const { process: one } of this.nodes) one.kill('SIGKILL');
    await Promise.all(this.nodes.map(({ process: one }) => one.exited));
    await this.sql.end({ timeout: 1 });
    for (const door of [this.plain, this.inTurn]) await door.receiver.close();
    for (const folder of this.#folders) await folder.remove();
  }

  #node(place: number): Node {
    const node = this.nodes[place % this.nodes.length];
    if (!node) throw new Error(`there is no node ${place}`);
    return node;
  }

  async #postCommon(turn: number): Promise<void> {
    for (let n = turn; this.#loading; n++) {
      const size = 1 + (n % LARGEST_BATCH);
      await this.#post(
        n,
        Array.from({ length: size }, () => ({ event_type: COMMON, data: { n: nextNumber() } })),
        false,
      );
    }
  }

  /** One after the other, each to the next node. */
  async #postInTurn(): Promise<void> {
    for (let n = 0; this.#loading; n++) {
      await this.#post(n, [{ event_type: IN_TURN, data: { n: nextNumber() } }], true);
    }
  }

  async #post(place: number, events: { event_type: string; data: { n: number } }[], ordered: boolean) {
    const node = this.#node(place);
    const answer =
      node.url === ''
        ? null
        : await Promise.race([
            new Client(node.url, this.#authorization).post(events).catch(() => null),
            after(PATIENCE_MS),
          ]);
    if (answer?.status === 202) {
      for (const { data } of events) this.#accepted.set(data.n, ordered);
      if (ordered) this.#sequence.push(...events.map(({ data }) => data.n));
      this.#answers.emit('accepted');
      return;
    }
    if (answer && answer.status !== 503) throw new Error(`${answer.status}: ${JSON.stringify(answer.body)}`);
    if (answer) {
      if (answer.headers.get('retry-after') === null) throw new Error('a 503 without Retry-After');
      this.#refused += 1;
      this.#answers.emit('refused');
    }
    await after(REST_MS);
  }

  /** What was accepted one after the other arrived for the first time in that order. */
  #faultsOfOrder(): string[] {
    const place = new Map(this.#sequence.map((n, index) => [n, index]));
    const first = new Set<number>();
    let last = -1;
    const faults: string[] = [];
    for (const { n } of this.inTurn.arrivals) {
      const at = place.get(n);
      if (at === undefined || first.has(n)) continue;
      first.add(n);
      if (at < last) faults.push(`${n} came behind one that was accepted later`);
      last = Math.max(last, at);
    }
    return faults;
  }
}

function after(ms: number): Promise<null> {
  return new Promise((resolve) => void systemClock.schedule(ms, () => resolve(null)));
}
