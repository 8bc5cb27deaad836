import type { Migration } from '../../migrate.js';
import type { Connection } from '../connection.js';

/**
 * Marks what a test of a webhook made, and the runs that a resend started. A test's event is in no log and
 * no list of events: `event.test = 0` leaves it out.
 */
export const tests: Migration<Connection> = {
  number: 4,
  oldestRelease: '0.1.0',
  up(database) {
    database.exec(`
      ALTER TABLE event ADD COLUMN test INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE delivery ADD COLUMN resend INTEGER NOT NULL DEFAULT 0; -- of the current run
      -- A handful of rows at most: those that a test is under way for.
      CREATE INDEX delivery_open_test ON delivery (owner) WHERE state < 2 AND test = 1;
    `);
  },
};
