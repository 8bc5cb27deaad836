import type { Migration } from '../../migrate.js';
import type { Connection } from '../connection.js';

/**
 * What the panel's log is found by, since it goes by `created_at` and `event` has no index. Nothing of it is
 * written on the way of an event: a background job files accepted events in sorted groups (`log-filing.ts`),
 * and a list reads the few that are not filed yet beside them.
 */
export const panelLog: Migration<Connection> = {
  number: 5,
  oldestRelease: '0.1.0',
  up(database) {
    database.exec(`
      CREATE TABLE log_entry (
        created_at INTEGER NOT NULL,
        event_id   INTEGER NOT NULL,
        event_type INTEGER NOT NULL,
        PRIMARY KEY (created_at, event_id)
      ) STRICT, WITHOUT ROWID;

      -- Entries by hour of created_at; span 0: all.
      CREATE TABLE log_count (
        span       INTEGER NOT NULL, -- minutes: 60; 0: totals
        start      INTEGER NOT NULL,
        event_type INTEGER NOT NULL,
        count      INTEGER NOT NULL,
        PRIMARY KEY (span, start, event_type)
      ) STRICT, WITHOUT ROWID;

      -- How far each account has read the log. Steps are JSON: [[created_at, event_id, horizon], …].
      CREATE TABLE log_reader (
        account TEXT PRIMARY KEY,
        listed  TEXT NOT NULL,   -- since it cleared last
        cleared TEXT NOT NULL,
        hidden  INTEGER NOT NULL -- how many entries are cleared; what is accepted later never is
      ) STRICT, WITHOUT ROWID;

      INSERT INTO log_entry SELECT created_at, id, event_type FROM event WHERE test = 0 ORDER BY created_at, id;
      INSERT INTO log_count SELECT 0, 0, event_type, count(*) FROM log_entry GROUP BY event_type;
      INSERT INTO log_count
        SELECT 60, created_at - created_at % 3600000, event_type, count(*) FROM log_entry GROUP BY 2, 3;
      -- Every event up to this one is filed.
      INSERT INTO meta SELECT 'log filed', coalesce(max(id), 0) FROM event;
    `);
  },
};
