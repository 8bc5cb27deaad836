import type { Migration } from '../../migrate.js';
import type { Connection } from '../connection.js';

export const people: Migration<Connection> = {
  number: 3,
  oldestRelease: '0.1.0',
  up(database) {
    database.exec(`
      -- A revoked key is gone; its uid is never given again, so that its idempotency keys stay its own.
      CREATE TABLE api_key (
        uid          INTEGER PRIMARY KEY AUTOINCREMENT,
        name         TEXT NOT NULL,
        prefix       TEXT NOT NULL,
        hash         TEXT NOT NULL UNIQUE,
        scopes       TEXT NOT NULL, -- JSON
        created_at   INTEGER NOT NULL,
        last_used_at INTEGER
      ) STRICT;

      -- Written with what it tells of, and never changed or cut: a few rows a day, bounded for log-ins.
      CREATE TABLE audit (
        uid        INTEGER PRIMARY KEY AUTOINCREMENT,
        at         INTEGER NOT NULL,
        actor_kind TEXT NOT NULL,
        actor_uid  INTEGER,
        actor_name TEXT NOT NULL,
        address    TEXT,
        action     TEXT NOT NULL,
        target_uid INTEGER,
        before     TEXT, -- JSON, without secrets
        after      TEXT, -- JSON, without secrets
        changed    TEXT NOT NULL -- JSON: names of members
      ) STRICT;
      CREATE INDEX audit_action ON audit (action);
      CREATE INDEX audit_actor_kind ON audit (actor_kind);
      CREATE INDEX audit_at ON audit (at);
    `);
  },
};
