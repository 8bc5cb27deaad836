import type { Statement } from 'better-sqlite3';
import type { Connection } from './connection.js';

type Bound = Record<string, string | number | null>;

/** Statements of the read connection, prepared when first needed: their texts depend on what a list is asked. */
export class Statements {
  readonly #database: Connection;
  readonly #prepared = new Map<string, Statement<[Bound]>>();

  constructor(database: Connection) {
    this.#database = database;
  }

  all<Row>(sql: string, bound: Bound): Row[] {
    return this.#statement(sql).all(bound) as Row[];
  }

  get<Row>(sql: string, bound: Bound): Row | undefined {
    return this.#statement(sql).get(bound) as Row | undefined;
  }

  /** The texts prepared so far, for looking at their plans. */
  texts(): string[] {
    return [...this.#prepared.keys()];
  }

  #statement(sql: string): Statement<[Bound]> {
    let statement = this.#prepared.get(sql);
    if (!statement) {
      statement = this.#database.prepare<[Bound]>(sql);
      this.#prepared.set(sql, statement);
    }
    return statement;
  }
}
