import { GroupCommit } from '../group-commit.js';
import { StoreUnavailable } from '../store.js';
import { texts } from './literal.js';
import type { Reader } from './reader.js';

/** Under way at the same time: one is on its way while the next gathers. */
const MAX_GROUPS = 2;
const MAX_MEMBERS = 500;

interface Lookup<Row> {
  key: string;
  row: Row | null;
}

/**
 * Rows by a key, of which those that are asked for together share one statement: every request asks who sends it,
 * and a statement of its own costs a node as much CPU as all the rest of the request. Nothing is kept: what is
 * asked for is read after it was asked.
 */
export class Lookups<Row extends { key: string }> {
  readonly #group: GroupCommit<Lookup<Row>>;

  /** @param statement finds rows, each with its `key`, by `$1::text[]` */
  constructor(reader: Reader, statement: string) {
    this.#group = new GroupCommit({
      runGroup: async (members) => {
        const keys = [...new Set(members.map(({ key }) => key))];
        const rows = await reader.read((line) => line.run<Row>(statement, [texts(keys)]));
        const found = new Map(rows.map((row) => [row.key, row]));
        for (const member of members) member.row = found.get(member.key) ?? null;
      },
      worthRunningAlone: (error) => !(error instanceof StoreUnavailable),
      maxMembers: MAX_MEMBERS,
      maxGroups: MAX_GROUPS,
    });
  }

  async find(key: string): Promise<Row | null> {
    const lookup: Lookup<Row> = { key, row: null };
    await this.#group.submit(lookup);
    return lookup.row;
  }
}
