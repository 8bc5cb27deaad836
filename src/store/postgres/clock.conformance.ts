import type postgres from 'postgres';

/** The store's clock in a test's hands: it stands still until it is moved. */
export class DatabaseClock {
  readonly #sql: postgres.Sql;

  private constructor(sql: postgres.Sql) {
    this.#sql = sql;
  }

  /** In a database that has its schema. */
  static async install(sql: postgres.Sql, now: number): Promise<DatabaseClock> {
    await sql.unsafe(`
      CREATE TABLE test_clock (now bigint NOT NULL);
      INSERT INTO test_clock VALUES (${now});
      CREATE OR REPLACE FUNCTION latchhook_now() RETURNS bigint LANGUAGE sql VOLATILE
        AS $$ SELECT now FROM test_clock $$;`);
    return new DatabaseClock(sql);
  }

  async move(ms: number): Promise<void> {
    await this.#sql`UPDATE test_clock SET now = now + ${ms}`;
  }

  async now(): Promise<number> {
    const [row] = await this.#sql<{ now: string }[]>`SELECT now FROM test_clock`;
    return Number(row?.now);
  }
}
