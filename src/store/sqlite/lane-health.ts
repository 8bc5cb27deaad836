import type { Health } from '../../domain/health.js';
import { dueAt } from '../due.js';
import type { LaneChange } from '../store.js';
import type { Connection } from './connection.js';
import type { Transaction } from './transaction.js';
import type { Versions } from './versions.js';

const HEALTH = 'SELECT health FROM lane WHERE webhook_uid = ?';
const SET =
  'UPDATE lane SET health = ?, failing_since = ?, next_probe_at = ?, probes = ? WHERE webhook_uid = ?';
const SET_PROBE = 'UPDATE lane SET next_probe_at = ?, probes = ? WHERE webhook_uid = ?';

/** The circuit of each lane: one row, whatever waits behind it. */
export class LaneHealth {
  readonly #versions: Versions;
  readonly #health;
  readonly #set;
  readonly #setProbe;

  constructor(database: Connection, versions: Versions) {
    this.#versions = versions;
    this.#health = database.prepare<[number], { health: Health }>(HEALTH);
    this.#set = database.prepare<[string, number | null, number | null, number, number]>(SET);
    this.#setProbe = database.prepare<[number, number, number]>(SET_PROBE);
  }

  /** @returns whether the lane stands so now */
  change(tx: Transaction, webhookUid: number, versionId: number, change: LaneChange): boolean {
    const subscription = tx.subscriptions.get(webhookUid);
    if (!subscription?.enabled || subscription.versionId !== versionId) return false;
    const before = this.#health.get(webhookUid)?.health;
    if (change.health === 'open') {
      const probeAt = dueAt(tx.now, change.probeInMs);
      // When the next probe goes out concerns its owner alone: nobody needs to read the webhook again.
      if (before === 'open') this.#setProbe.run(probeAt, change.probes, webhookUid);
      else {
        this.#set.run('open', Math.round(tx.now - change.failingForMs), probeAt, change.probes, webhookUid);
        this.#versions.touch(webhookUid);
      }
    } else if (before !== change.health) {
      // A lane that was closed by another hand has drained, or need not.
      if (change.health === 'draining' && before !== 'open') return false;
      if (change.health === 'healthy' && before !== 'draining') return false;
      this.#set.run(change.health, null, null, 0, webhookUid);
      this.#versions.touch(webhookUid);
    }
    tx.subscriptions.refresh();
    return true;
  }

  health(webhookUid: number): Health | undefined {
    return this.#health.get(webhookUid)?.health;
  }

  /** A new URL or status: nothing is known of it yet. The caller moves the generation. */
  reset(webhookUid: number): void {
    this.#set.run('healthy', null, null, 0, webhookUid);
  }
}
