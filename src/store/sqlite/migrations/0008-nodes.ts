import type { Migration } from '../../migrate.js';
import type { Connection } from '../connection.js';

/** Failed log-ins, which count for all nodes together, and across a restart. */
export const nodes: Migration<Connection> = {
  number: 8,
  oldestRelease: '0.1.0',
  up(database) {
    database.exec(`
      CREATE TABLE failed_login (
        id   INTEGER PRIMARY KEY,
        pair TEXT NOT NULL, -- a hash of address and account
        at   INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX failed_login_pair ON failed_login (pair, at);
      CREATE INDEX failed_login_at ON failed_login (at);
    `);
  },
};
