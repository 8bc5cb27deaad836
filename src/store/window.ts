import type { SessionLimits } from './store.js';

interface Held {
  webhookUid: number;
  claimNo: number;
  bytes: number;
}

/** A row costs memory besides its data, and each poll passes over all that are held: one for this many bytes. */
const BYTES_A_ROW = 512;

/**
 * What one session has in memory, counted by the store that handed it out. A lane is *spilled* from the
 * moment one of its rows stays in the store until a claim finds nothing more due: in between, fresh rows
 * queue behind that row there, so that nothing overtakes a backlog and memory stays bounded.
 *
 * All changes go through a `WindowChange`, one per transaction, which is undone when the transaction fails.
 */
export class Window {
  readonly limits: SessionLimits;
  readonly held = new Map<number, Held>();
  readonly lanes = new Map<number, number>();
  readonly spilled = new Set<number>();
  bytes = 0;
  /** Over all lanes: with ten thousand of them, the limit of each would bound nothing. */
  readonly #mostRows: number;

  constructor(limits: SessionLimits, spilled: Iterable<number> = []) {
    this.limits = limits;
    this.#mostRows = Math.max(limits.perLane, Math.floor(limits.bytes / BYTES_A_ROW));
    for (const webhookUid of spilled) this.spilled.add(webhookUid);
  }

  heldIn(webhookUid: number): number {
    return this.lanes.get(webhookUid) ?? 0;
  }

  /** Room for rows of this lane, in rows. */
  room(webhookUid: number): number {
    return Math.max(0, this.limits.perLane - this.heldIn(webhookUid));
  }

  /** Whether there is room for more rows, with `bytes` of data together. A claim may go past the rows by its limit. */
  fits(bytes: number): boolean {
    return this.held.size < this.#mostRows && this.bytes + bytes <= this.limits.bytes;
  }

  /** Whether a fresh row may go to memory at once. */
  takesFresh(webhookUid: number, bytes: number): boolean {
    return !this.spilled.has(webhookUid) && this.room(webhookUid) > 0 && this.fits(bytes);
  }
}

export class WindowChange {
  readonly window: Window;
  readonly #undo: (() => void)[] = [];

  constructor(window: Window) {
    this.window = window;
  }

  hold(uid: number, held: Held): void {
    this.#put(uid, held);
    this.#undo.push(() => this.#take(uid, held));
  }

  /** Forgets a row that is no longer in the session's hands; another claim of it is left alone. */
  drop(uid: number, claimNo: number): void {
    const held = this.window.held.get(uid);
    if (held?.claimNo !== claimNo) return;
    this.#take(uid, held);
    this.#undo.push(() => this.#put(uid, held));
  }

  spill(webhookUid: number): void {
    const { spilled } = this.window;
    if (spilled.has(webhookUid)) return;
    spilled.add(webhookUid);
    this.#undo.push(() => spilled.delete(webhookUid));
  }

  unspill(webhookUid: number): void {
    const { spilled } = this.window;
    if (spilled.delete(webhookUid)) this.#undo.push(() => spilled.add(webhookUid));
  }

  undo(): void {
    for (const step of this.#undo.reverse()) step();
    this.#undo.length = 0;
  }

  #put(uid: number, held: Held): void {
    const { window } = this;
    window.held.set(uid, held);
    window.lanes.set(held.webhookUid, window.heldIn(held.webhookUid) + 1);
    window.bytes += held.bytes;
  }

  #take(uid: number, held: Held): void {
    const { window } = this;
    window.held.delete(uid);
    const left = window.heldIn(held.webhookUid) - 1;
    if (left > 0) window.lanes.set(held.webhookUid, left);
    else window.lanes.delete(held.webhookUid);
    window.bytes -= held.bytes;
  }
}
