import type { SessionLimits } from './store.js';

interface Held {
  webhookUid: number;
  claimNo: number;
  bytes: number;
}

/** A row costs memory besides its data, and each poll passes over all that are held: one for this many bytes. */
const BYTES_A_ROW = 512;
/**
 * What one lane may hold: an eighth of what the others leave free. A lane that hangs gives nothing back, and a few
 * of them with large events would take all that there is; the others would be down to one row at a time.
 */
const SHARE = 8;
/** This little may be held whatever is free of it, so that a lane is not slow because many hold their share. */
const FEW_ROWS = 16;
const FEW_BYTES = 16 * 1024;

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
  readonly lanes = new Map<number, { rows: number; bytes: number }>();
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
    return this.lanes.get(webhookUid)?.rows ?? 0;
  }

  /** Room for rows of this lane, in rows. */
  room(webhookUid: number): number {
    return Math.max(0, this.limits.perLane - this.heldIn(webhookUid));
  }

  /** Whether this lane may hold so many more rows, with `bytes` of data together. */
  fits(webhookUid: number, rows: number, bytes: number): boolean {
    const freeRows = this.#mostRows - this.held.size;
    const freeBytes = this.limits.bytes - this.bytes;
    if (rows > freeRows || bytes > freeBytes) return false;
    const own = this.lanes.get(webhookUid);
    const ownRows = own?.rows ?? 0;
    const ownBytes = own?.bytes ?? 0;
    if (ownRows + rows <= FEW_ROWS && ownBytes + bytes <= FEW_BYTES) return true;
    return (
      SHARE * (ownRows + rows) <= freeRows + ownRows && SHARE * (ownBytes + bytes) <= freeBytes + ownBytes
    );
  }

  /** Whether a fresh row may go to memory at once. */
  takesFresh(webhookUid: number, bytes: number): boolean {
    return !this.spilled.has(webhookUid) && this.room(webhookUid) > 0 && this.fits(webhookUid, 1, bytes);
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
    this.window.held.set(uid, held);
    this.#count(held, 1);
  }

  #take(uid: number, held: Held): void {
    this.window.held.delete(uid);
    this.#count(held, -1);
  }

  #count({ webhookUid, bytes }: Held, sign: 1 | -1): void {
    const { window } = this;
    window.bytes += sign * bytes;
    const lane = window.lanes.get(webhookUid) ?? { rows: 0, bytes: 0 };
    lane.rows += sign;
    lane.bytes += sign * bytes;
    if (lane.rows > 0) window.lanes.set(webhookUid, lane);
    else window.lanes.delete(webhookUid);
  }
}
