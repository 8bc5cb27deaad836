import type { Migration } from '../../migrate.js';
import type { Connection } from '../connection.js';

/** Ordered, limited and dated webhooks, and the circuit of each. The hot way of an event has no new index. */
export const lanes: Migration<Connection> = {
  number: 6,
  oldestRelease: '0.1.0',
  up(database) {
    database.exec(`
      ALTER TABLE webhook_version ADD COLUMN ordered INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE webhook_version ADD COLUMN rate_limit INTEGER; -- attempts a second
      ALTER TABLE webhook_version ADD COLUMN max_age INTEGER;    -- seconds

      ALTER TABLE lane ADD COLUMN failing_since INTEGER;
      ALTER TABLE lane ADD COLUMN probes INTEGER NOT NULL DEFAULT 0; -- failed since the circuit opened
      -- 1: became ordered while rows were open that have no place yet (ordering.ts).
      ALTER TABLE lane ADD COLUMN unplaced INTEGER NOT NULL DEFAULT 0;

      -- The open rows of ordered lanes alone: a delivery of any other has no lane_seq.
      CREATE INDEX delivery_ordered ON delivery (webhook_uid, lane_seq) WHERE state < 2 AND lane_seq IS NOT NULL;
    `);
  },
};
