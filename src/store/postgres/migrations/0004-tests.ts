import type { Migration } from '../../migrate.js';
import type { Line } from '../line.js';

/** Marks what a test of a webhook made, and the runs that a resend started. */
export const tests: Migration<Line> = {
  number: 4,
  oldestRelease: '0.1.0',
  up(line) {
    return line.script(`
      ALTER TABLE event ADD COLUMN test smallint NOT NULL DEFAULT 0;
      ALTER TABLE delivery ADD COLUMN resend smallint NOT NULL DEFAULT 0; -- of the current run
      -- A handful of rows at most: those that a test is under way for. Not by owner: with that in an index, no
      -- claim could change a row where it lies.
      CREATE INDEX delivery_open_test ON delivery (uid) WHERE state < 2 AND test = 1;
    `);
  },
};
