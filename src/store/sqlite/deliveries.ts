import { eventTypeCode } from '../../domain/event-types.js';
import { GroupCommit, type GroupListener } from '../group-commit.js';
import {
  type AcceptRequest,
  type AcceptResult,
  type CancelResult,
  type ClaimResult,
  type CutRequest,
  type CutStep,
  type DeliveryOrder,
  type DeliveryStore,
  type Heartbeat,
  type HeldDelivery,
  type OutcomeRequest,
  type OutcomeResult,
  type ResendResult,
  type Session,
  type SessionLimits,
  StoreUnavailable,
  type TestRequest,
} from '../store.js';
import type { Acceptance } from './accept.js';
import type { Claims } from './claim.js';
import { isFull } from './connection.js';
import type { Expiry } from './expiry.js';
import type { Held } from './held.js';
import type { History } from './history.js';
import type { LaneHealth } from './lane-health.js';
import type { Orphans } from './orphans.js';
import type { Records } from './record.js';
import type { RequestForms } from './request-forms.js';
import type { Resends } from './resends.js';
import type { Sessions } from './sessions.js';
import type { TestDeliveries } from './test-deliveries.js';
import type { Tidying } from './tidy.js';
import type { Transaction, Writer } from './transaction.js';

/** Keeps a group's turn of the event loop short: with one event each, 500 take about 6 ms. */
const MAX_MEMBERS = 500;
/** Rows a group; a row takes 4 to 8 µs, so that sockets have their turn every 20 to 40 ms under any load. */
const MAX_ROWS = 5_000;

const RELEASE =
  'UPDATE delivery SET owner = 0 WHERE uid = ? AND owner = ? AND claim_no = ? RETURNING webhook_uid, test';
/** Webhooks whose backlog is read in one turn of the event loop: 2 to 9 µs each. */
const BACKLOG_SLICE = 500;
/** Counted for a claim, which takes any number up to its limit; mostly few. */
const CLAIM_ROWS = 64;

interface Member {
  /** How many rows it is going to write, about. */
  rows: number;
  run(tx: Transaction): void;
}

export interface Verbs {
  sessions: Sessions;
  acceptance: Acceptance;
  tests: TestDeliveries;
  claims: Claims;
  expiry: Expiry;
  lanes: LaneHealth;
  records: Records;
  forms: RequestForms;
  resends: Resends;
  held: Held;
  history: History;
  orphans: Orphans;
  tidying: Tidying;
}

export class SqliteDeliveries implements DeliveryStore {
  readonly #writer: Writer;
  readonly #verbs: Verbs;
  readonly #group: GroupCommit<Member>;
  readonly #release;
  /** False beside a running server: then there is nothing that proves other sessions dead. */
  readonly #engine: boolean;
  #closed = false;

  constructor(writer: Writer, verbs: Verbs, engine: boolean, onGroup?: GroupListener) {
    this.#writer = writer;
    this.#verbs = verbs;
    this.#engine = engine;
    this.#release = writer.database.prepare<[number, number, number], { webhook_uid: number; test: number }>(
      RELEASE,
    );
    this.#group = new GroupCommit({
      runGroup: (members) => {
        const begun = writer.clock.monotonic();
        writer.transaction((tx) => {
          for (const member of members) member.run(tx);
        });
        onGroup?.(members.length, writer.clock.monotonic() - begun);
      },
      worthRunningAlone,
      maxMembers: MAX_MEMBERS,
      weightOf: ({ rows }) => rows,
      maxWeight: MAX_ROWS,
      maxGroups: 1,
    });
  }

  async openSession(limits: SessionLimits): Promise<Session> {
    if (!this.#engine) throw new Error('this store was opened beside a server, not for one');
    return this.#verbs.sessions.open(this.#writer, limits);
  }

  async heartbeat(session: Session): Promise<Heartbeat> {
    return this.#verbs.sessions.heartbeat(this.#writer, session);
  }

  async closeSession(session: Session): Promise<void> {
    await this.#group.drain();
    this.#verbs.sessions.close(this.#writer, session);
  }

  accept(request: AcceptRequest): Promise<AcceptResult> {
    return this.#grouped(this.#rowsOf(request), (tx) => this.#verbs.acceptance.accept(tx, request));
  }

  acceptTest(request: TestRequest): Promise<HeldDelivery | null> {
    return this.#grouped(1, (tx) => this.#verbs.tests.accept(tx, request));
  }

  claim(request: { session: Session; webhookUid: number; limit: number }): Promise<ClaimResult> {
    return this.#grouped(CLAIM_ROWS, (tx) => this.#verbs.claims.claim(tx, request));
  }

  claimProbe(
    request: Parameters<DeliveryStore['claimProbe']>[0],
  ): Promise<{ delivery: HeldDelivery | null; again: boolean }> {
    return this.#grouped(1, (tx) => this.#verbs.claims.claimProbe(tx, request));
  }

  expire({ session, rows }: Parameters<DeliveryStore['expire']>[0]): Promise<void> {
    return this.#grouped(rows.length, (tx) => this.#verbs.expiry.endHeld(tx, session.id, rows));
  }

  setHealth({ webhookUid, versionId, change }: Parameters<DeliveryStore['setHealth']>[0]): Promise<boolean> {
    return this.#grouped(1, (tx) => this.#verbs.lanes.change(tx, webhookUid, versionId, change));
  }

  record(outcome: OutcomeRequest): Promise<OutcomeResult> {
    return this.#grouped(1, (tx) => this.#verbs.records.record(tx, outcome));
  }

  async requestForm(text: string): Promise<number> {
    return this.#verbs.forms.number(this.#writer, text);
  }

  release(request: { session: Session; rows: { uid: number; claimNo: number }[] }): Promise<void> {
    return this.#grouped(request.rows.length, (tx) => {
      const hands = tx.window(request.session.id);
      for (const { uid, claimNo } of request.rows) {
        hands?.drop(uid, claimNo);
        const row = this.#release.get(uid, request.session.id, claimNo);
        if (row && row.test !== 0) this.#verbs.tests.end(tx, uid);
        else if (row) hands?.spill(row.webhook_uid);
      }
    });
  }

  async backlog(session: Session): Promise<{ webhookUid: number; dueInMs: number }[]> {
    // One of a slice each: what comes between them wakes its lane itself.
    const webhooks = this.#writer.transaction((tx) =>
      Array.from(tx.subscriptions.all(), ({ webhookUid }) => webhookUid),
    );
    const lanes: { webhookUid: number; dueInMs: number }[] = [];
    for (let from = 0; from < webhooks.length; from += BACKLOG_SLICE) {
      if (from > 0) await new Promise((resolve) => setImmediate(resolve));
      if (this.#closed) throw new StoreUnavailable('the store is closed');
      const slice = webhooks.slice(from, from + BACKLOG_SLICE);
      lanes.push(...this.#writer.transaction((tx) => this.#verbs.sessions.backlog(tx, session, slice)));
    }
    return lanes;
  }

  async resend(order: DeliveryOrder): Promise<ResendResult> {
    return this.#writer.transaction((tx) => this.#verbs.resends.resend(tx, order));
  }

  async cancel(order: DeliveryOrder): Promise<CancelResult> {
    return this.#writer.transaction((tx) => this.#verbs.resends.cancel(tx, order));
  }

  async expireHeld(limit: number): Promise<{ ended: number; more: boolean }> {
    return this.#writer.transaction((tx) => this.#verbs.held.sweep(tx, this.#writer.sessions, limit));
  }

  async endOrphans(limit: number): Promise<{ ended: number; more: boolean }> {
    return this.#writer.transaction((tx) => this.#verbs.orphans.end(tx, this.#writer.sessions, limit));
  }

  async tidy(limit: number): Promise<{ more: boolean }> {
    return this.#writer.transaction((tx) => this.#verbs.tidying.tidy(tx, limit));
  }

  async cutHistory(request: CutRequest): Promise<CutStep> {
    return this.#verbs.history.cut(this.#writer, request);
  }

  async indexLists(limit: number): Promise<{ more: boolean }> {
    return this.#writer.transaction(() => this.#writer.blocks.take(limit));
  }

  /** By the subscriptions as they were read last. */
  #rowsOf({ events }: AcceptRequest): number {
    let rows = 0;
    for (const { eventType } of events) {
      const code = eventTypeCode(eventType);
      rows += 1 + (code === undefined ? 0 : this.#writer.subscriptions.to(code).length);
    }
    return rows;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#group.drain();
  }

  async #grouped<Result>(rows: number, work: (tx: Transaction) => Result): Promise<Result> {
    if (this.#closed) throw new StoreUnavailable('the store is closed');
    let result: { value: Result } | null = null as { value: Result } | null;
    await this.#group.submit({
      rows,
      run: (tx) => {
        result = { value: work(tx) };
      },
    });
    if (!result) throw new Error('a group was committed without one of its members');
    return result.value;
  }
}

/** On a full disk a smaller member may still fit; waiting for a busy file again for each would block for minutes. */
function worthRunningAlone(error: unknown): boolean {
  return !(error instanceof StoreUnavailable) || isFull(error.cause);
}
