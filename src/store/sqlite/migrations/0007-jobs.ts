import type { Migration } from '../../migrate.js';
import type { Connection } from '../connection.js';

/** Resends, one and many, and the expiry of what a disabled webhook held. The way of an event has no new index. */
export const jobs: Migration<Connection> = {
  number: 7,
  oldestRelease: '0.1.0',
  up(database) {
    database.exec(`
      -- What a disabled webhook holds ages from here, or else from its acceptance; null: never resent.
      ALTER TABLE delivery ADD COLUMN resent_at INTEGER;
      -- The lane's expiries when it was resent: those do not concern it.
      ALTER TABLE delivery ADD COLUMN spared INTEGER NOT NULL DEFAULT 0;

      -- Open rows accepted, or resent, until then are expired: by when the webhook was last enabled.
      ALTER TABLE lane ADD COLUMN expired_until INTEGER NOT NULL DEFAULT 0;
      -- How often the webhook was enabled with everything held to expire, and the last uid at that time: open rows
      -- up to it are expired, unless spared.
      ALTER TABLE lane ADD COLUMN expiries INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE lane ADD COLUMN expired_uid INTEGER NOT NULL DEFAULT 0;
      -- 1: rows that are expired by these may still be open.
      ALTER TABLE lane ADD COLUMN unswept INTEGER NOT NULL DEFAULT 0;

      -- Deliveries that a job gave to an event long after its acceptance: they lie outside of the event's range.
      CREATE TABLE late_delivery (
        event_id     INTEGER NOT NULL,
        delivery_uid INTEGER NOT NULL,
        PRIMARY KEY (event_id, delivery_uid)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE job (
        uid         INTEGER PRIMARY KEY AUTOINCREMENT,
        state       TEXT NOT NULL,
        mode        TEXT NOT NULL,
        webhook_uid INTEGER NOT NULL,
        statuses    TEXT NOT NULL, -- JSON
        event_types TEXT,          -- JSON
        sources     TEXT,          -- JSON
        from_at     INTEGER,
        to_at       INTEGER,
        passed_uid  INTEGER NOT NULL, -- of the delivery or event that it passed last
        last_uid    INTEGER NOT NULL, -- when it was started
        total       INTEGER NOT NULL,
        done        INTEGER NOT NULL DEFAULT 0,
        skipped     INTEGER NOT NULL DEFAULT 0,
        owner       INTEGER NOT NULL DEFAULT 0, -- session; 0 or a dead one: nobody
        started_at  INTEGER NOT NULL,
        ended_at    INTEGER,
        started_by  TEXT NOT NULL
      ) STRICT;
      CREATE INDEX job_running ON job (uid) WHERE state = 'running';
      CREATE INDEX job_state ON job (state);
    `);
  },
};
