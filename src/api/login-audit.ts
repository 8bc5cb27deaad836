import type { Clock, Timer } from '../clock.js';
import type { Actor } from '../domain/actor.js';
import { failedLoginAudited, loginAudited } from '../domain/audit.js';
import type { Log } from '../log.js';
import type { AuditRecord, AuditStore, User } from '../store/store.js';
import { Budget } from './budget.js';
import { ExpiringMap } from './expiring-map.js';

/** Some drivers log in and out again for every poll: the trail says so once in this time. */
const SAME_FOR_MS = 60 * 60_000;
const MOST_REMEMBERED = 10_000;

/** Failed ones wait this long for others of the same pair. */
const GATHER_MS = 1_000;
/** Entries for failed log-ins: this many at once, and then one in this many ms, whoever tries. */
const FAILED_AT_ONCE = 100;
const FAILED_EVERY_MS = 36_000;
/** Pairs of address and account that wait to be written; those past it are counted together. */
const MOST_WAITING = 1_000;
/** Characters of a name that somebody tried; accounts have no longer ones. */
const NAME_LENGTH = 64;
/** Written for failed log-ins that were too many to be named. */
const OTHERS = { name: '', address: null };

interface Failures {
  name: string;
  address: string | null;
  attempts: number;
}

/**
 * Log-ins in the audit trail: those that succeed once an hour for each account and address, those that fail by
 * pair of address and name, gathered, so that a flood of them fills no disk and keeps no delivery waiting.
 * What is gathered and not yet written is lost in a crash.
 */
export class LoginAudit {
  readonly #audit: AuditStore;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #recent: ExpiringMap<true>;
  readonly #budget: Budget;
  readonly #failures = new Map<string, Failures>();
  #timer: Timer | null = null;
  #underWay: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(audit: AuditStore, clock: Clock, log: Log) {
    const now = () => clock.monotonic();
    this.#audit = audit;
    this.#clock = clock;
    this.#log = log;
    this.#recent = new ExpiringMap({ livesMs: SAME_FOR_MS, most: MOST_REMEMBERED, now });
    this.#budget = new Budget({ most: FAILED_AT_ONCE, everyMs: FAILED_EVERY_MS, now });
  }

  /** Who logs in, where that is worth an entry; from then on it is not, for an hour. */
  due(user: User, address: string): Actor | null {
    const key = keyOf(user, address);
    if (this.#recent.get(key)) return null;
    this.#recent.set(key, true);
    return { kind: 'user', uid: user.uid, name: user.username, address };
  }

  /** What `due` gave was not written. */
  forget(user: User, address: string): void {
    this.#recent.delete(keyOf(user, address));
  }

  /** A log-in that makes no token. */
  succeeded(user: User, address: string): void {
    const actor = this.due(user, address);
    if (!actor) return;
    const record = { actor, entry: loginAudited(user.uid) };
    this.#write([record], () => this.forget(user, address));
  }

  failed(address: string, username: string): void {
    const name = [...username]
      .slice(0, NAME_LENGTH)
      .join('')
      .replace(/[\0\p{Surrogate}]/gu, '\ufffd');
    this.#add({ name, address, attempts: 1 });
    this.#plan(GATHER_MS);
  }

  /** Writes what was gathered; resolves when that is done, or could not be. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#timer?.cancel();
    this.#flush();
    const left = [...this.#failures.values()].reduce((sum, { attempts }) => sum + attempts, 0);
    this.#failures.clear();
    if (left > 0) this.#write([toRecord({ ...OTHERS, attempts: left })], () => {});
    await this.#underWay;
  }

  #add(failures: Failures): void {
    const key = JSON.stringify([failures.address, failures.name]);
    const known = this.#failures.get(key);
    if (known) known.attempts += failures.attempts;
    else if (this.#failures.size < MOST_WAITING || failures.address === null)
      this.#failures.set(key, failures);
    else this.#add({ ...OTHERS, attempts: failures.attempts });
  }

  #plan(delayMs: number): void {
    if (this.#closed) return;
    this.#timer ??= this.#clock.schedule(delayMs, () => {
      this.#timer = null;
      this.#flush();
      if (this.#failures.size > 0) this.#plan(FAILED_EVERY_MS);
    });
  }

  #flush(): void {
    const batch: Failures[] = [];
    for (const [key, failures] of this.#failures) {
      if (!this.#budget.take()) break;
      this.#failures.delete(key);
      batch.push(failures);
    }
    if (batch.length === 0) return;
    this.#write(batch.map(toRecord), () => {
      for (const failures of batch) this.#add(failures);
      this.#plan(FAILED_EVERY_MS);
    });
  }

  #write(records: AuditRecord[], unwritten: () => void): void {
    this.#underWay = Promise.all([this.#underWay, this.#audit.record(records)]).then(
      () => {},
      (err: unknown) => {
        unwritten();
        this.#log.warn({ err }, 'log-ins are not in the audit trail yet');
      },
    );
  }
}

function keyOf(user: User, address: string): string {
  return `${user.uid} ${address} ${user.passwordHash}`;
}

function toRecord({ name, address, attempts }: Failures): AuditRecord {
  return { actor: { kind: 'user', uid: null, name, address }, entry: failedLoginAudited(attempts) };
}
