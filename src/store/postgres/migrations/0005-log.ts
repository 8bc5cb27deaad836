import type { Migration } from '../../migrate.js';
import type { Line } from '../line.js';

/** What the panel's log is found by, filed by a background job. */
export const panelLog: Migration<Line> = {
  number: 5,
  oldestRelease: '0.1.0',
  up(line) {
    return line.script(`
      CREATE TABLE log_entry (
        created_at bigint NOT NULL,
        event_id   bigint NOT NULL,
        event_type bigint NOT NULL,
        PRIMARY KEY (created_at, event_id)
      );

      -- Entries by hour of created_at; span 0: all.
      CREATE TABLE log_count (
        span       bigint NOT NULL, -- minutes: 60; 0: totals
        start      bigint NOT NULL,
        event_type bigint NOT NULL,
        count      bigint NOT NULL,
        PRIMARY KEY (span, start, event_type)
      );

      -- How far each account has read the log. Steps are JSON: [[created_at, event_id, horizon], …].
      CREATE TABLE log_reader (
        account text PRIMARY KEY,
        listed  text NOT NULL,   -- since it cleared last
        cleared text NOT NULL,
        hidden  bigint NOT NULL -- how many entries are cleared; what is accepted later never is
      );

      -- Every event up to this one is filed.
      INSERT INTO counter VALUES ('log filed', 0);
    `);
  },
};
