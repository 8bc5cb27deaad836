import { GroupCommit } from '../group-commit.js';
import { StoreUnavailable } from '../store.js';
import type { Transaction, TransactionOptions, Writer } from './transaction.js';

/** In one transaction: what is longer under way makes others wait, and is more to repeat. */
const MAX_MEMBERS = 500;
const MAX_ROWS = 5_000;

interface Member<Request, Result> {
  request: Request;
  answer: { result: Result } | null;
}

export interface GroupedOptions<Request, Result> extends TransactionOptions {
  /** Runs the requests in order; each gets its own result. `tx` has not begun. */
  run(tx: Transaction, requests: readonly Request[]): Promise<Result[]>;
  /** How many rows it is going to write, about. */
  rowsOf(request: Request): number;
  /** Under way at the same time. */
  maxGroups: number;
  maxMembers?: number;
}

/** Is told of each group that was committed: how many members it had, and how long it took, ms. */
export interface Timing {
  monotonic(): number;
  onGroup(members: number, ms: number): void;
}

/** Requests of one kind, of which those that come together share a transaction. */
export class Grouped<Request, Result> {
  readonly #group: GroupCommit<Member<Request, Result>>;
  #closed = false;

  constructor(writer: Writer, timing: Timing, options: GroupedOptions<Request, Result>) {
    const { run, rowsOf, maxGroups, maxMembers = MAX_MEMBERS } = options;
    this.#group = new GroupCommit({
      runGroup: async (members) => {
        const requests = members.map(({ request }) => request);
        const begun = timing.monotonic();
        const results = await writer.pipelined((tx) => run(tx, requests), options);
        timing.onGroup(members.length, timing.monotonic() - begun);
        members.forEach((member, index) => {
          member.answer = { result: results[index] as Result };
        });
      },
      // While the database is away, one question is enough.
      worthRunningAlone: (error) => !(error instanceof StoreUnavailable),
      maxMembers,
      weightOf: ({ request }) => rowsOf(request),
      maxWeight: MAX_ROWS,
      maxGroups,
    });
  }

  async submit(request: Request): Promise<Result> {
    if (this.#closed) throw new StoreUnavailable('the store is closed');
    const member: Member<Request, Result> = { request, answer: null };
    await this.#group.submit(member);
    if (!member.answer) throw new Error('a group was committed without one of its members');
    return member.answer.result;
  }

  drain(): Promise<void> {
    return this.#group.drain();
  }

  close(): Promise<void> {
    this.#closed = true;
    return this.#group.drain();
  }
}
