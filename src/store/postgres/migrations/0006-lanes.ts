import type { Migration } from '../../migrate.js';
import type { Line } from '../line.js';

/** Ordered, limited and dated webhooks, and the circuit of each. */
export const lanes: Migration<Line> = {
  number: 6,
  oldestRelease: '0.1.0',
  up(line) {
    return line.script(`
      ALTER TABLE webhook_version ADD COLUMN ordered smallint NOT NULL DEFAULT 0;
      ALTER TABLE webhook_version ADD COLUMN rate_limit bigint; -- attempts a second
      ALTER TABLE webhook_version ADD COLUMN max_age bigint;    -- seconds

      ALTER TABLE lane ADD COLUMN failing_since bigint;
      ALTER TABLE lane ADD COLUMN probes bigint NOT NULL DEFAULT 0; -- failed since the circuit opened
      -- 1: became ordered while rows were open that have no place yet.
      ALTER TABLE lane ADD COLUMN unplaced smallint NOT NULL DEFAULT 0;

      -- The open rows of ordered lanes alone: a delivery of any other has no lane_seq.
      CREATE INDEX delivery_ordered ON delivery (webhook_uid, lane_seq) WHERE state < 2 AND lane_seq IS NOT NULL;
    `);
  },
};
