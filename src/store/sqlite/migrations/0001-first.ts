import type { Migration } from '../../migrate.js';
import type { Connection } from '../connection.js';

/**
 * The hot tables (`event`, `delivery`, `attempt`) have their key and one partial index over open rows: a
 * full index on (webhook, id) cut the store's rate to a third, nine single-column ones to a seventh.
 */
export const first: Migration<Connection> = {
  number: 1,
  oldestRelease: '0.1.0',
  up(database) {
    database.exec(`
      CREATE TABLE meta (
        name  TEXT PRIMARY KEY,
        value ANY NOT NULL
      ) STRICT, WITHOUT ROWID;
      INSERT INTO meta VALUES ('generation', 0);

      -- Living processes only; the slot is the smallest free number, its statistics outlive the session.
      CREATE TABLE session (
        id           INTEGER PRIMARY KEY AUTOINCREMENT,
        slot         INTEGER NOT NULL UNIQUE,
        opened_at    INTEGER NOT NULL,
        heartbeat_at INTEGER NOT NULL
      ) STRICT;

      CREATE TABLE webhook (
        uid        INTEGER PRIMARY KEY AUTOINCREMENT,
        url_key    TEXT NOT NULL,
        version_id INTEGER NOT NULL,
        generation INTEGER NOT NULL,
        created_at INTEGER NOT NULL,
        deleted_at INTEGER
      ) STRICT;
      CREATE UNIQUE INDEX webhook_url ON webhook (url_key) WHERE deleted_at IS NULL;
      CREATE INDEX webhook_generation ON webhook (generation);

      CREATE TABLE webhook_version (
        id              INTEGER PRIMARY KEY AUTOINCREMENT,
        webhook_uid     INTEGER NOT NULL,
        created_at      INTEGER NOT NULL,
        url             TEXT NOT NULL,
        status          TEXT NOT NULL,
        disabled_reason TEXT,
        event_types     TEXT NOT NULL, -- JSON, in the order given
        max_retries     INTEGER NOT NULL,
        timeout         INTEGER,
        description     TEXT,
        secret          TEXT, -- ciphertext
        headers         TEXT  -- ciphertext
      ) STRICT;

      -- Written when these change, never per success. Stays after a deletion until no open row is left.
      CREATE TABLE lane (
        webhook_uid   INTEGER PRIMARY KEY,
        mode          TEXT NOT NULL DEFAULT 'shared',
        owner         INTEGER NOT NULL DEFAULT 0,
        health        TEXT NOT NULL DEFAULT 'healthy',
        next_probe_at INTEGER,
        last_seq      INTEGER NOT NULL DEFAULT 0
      ) STRICT;

      -- The deliveries of an event are found without an index: they lie between first_delivery and
      -- last_delivery. Here the range holds nothing else; where sequences of concurrent writers interleave
      -- it holds a few rows of others, which event_id sorts out.
      CREATE TABLE event (
        id             INTEGER PRIMARY KEY AUTOINCREMENT,
        event_type     INTEGER NOT NULL, -- position in EVENT_TYPES
        source         TEXT NOT NULL,
        data           TEXT NOT NULL,
        created_at     INTEGER NOT NULL,
        accepted_at    INTEGER NOT NULL,
        fanout         INTEGER NOT NULL, -- 0: unmatched
        first_delivery INTEGER,
        last_delivery  INTEGER
      ) STRICT;

      CREATE TABLE delivery (
        uid             INTEGER PRIMARY KEY AUTOINCREMENT,
        webhook_uid     INTEGER NOT NULL,
        event_id        INTEGER NOT NULL,
        event_type      INTEGER NOT NULL,
        state           INTEGER NOT NULL, -- below 2: open
        reason          TEXT,
        attempts        INTEGER NOT NULL DEFAULT 0,
        run_base        INTEGER NOT NULL DEFAULT 0, -- attempts made before the current run
        owner           INTEGER NOT NULL, -- session; 0 or a dead one: nobody
        claim_no        INTEGER NOT NULL,
        due_at          INTEGER NOT NULL,
        accepted_at     INTEGER NOT NULL,
        last_attempt_at INTEGER,
        ended_at        INTEGER,
        response_status INTEGER,
        version_id      INTEGER, -- used last
        lane_seq        INTEGER, -- ordered lanes only
        test            INTEGER NOT NULL DEFAULT 0
      ) STRICT;
      -- The key, uid, is the last column of every index: (webhook_uid, due_at, uid).
      CREATE INDEX delivery_open ON delivery (webhook_uid, due_at) WHERE state < 2;

      -- Not WITHOUT ROWID: equal where answers are small, but with 1.5 KB of an answer a row then spills into
      -- a page of its own, and the store writes 10.4 instead of 4.9 KB a row, at 1.4 times the CPU.
      CREATE TABLE attempt (
        delivery_uid     INTEGER NOT NULL,
        number           INTEGER NOT NULL,
        version_id       INTEGER NOT NULL,
        started_at       INTEGER NOT NULL,
        duration_ms      REAL NOT NULL,
        response_status  INTEGER,
        error_kind       TEXT,
        error_message    TEXT,
        response_headers TEXT,
        response_body    TEXT,
        resend           INTEGER NOT NULL,
        PRIMARY KEY (delivery_uid, number)
      ) STRICT;

      -- In the order of the row ids they are old to new, which is all that forgetting them needs.
      CREATE TABLE idempotency (
        id         INTEGER PRIMARY KEY,
        credential TEXT NOT NULL,
        key        TEXT NOT NULL,
        hash       TEXT NOT NULL,
        event_id   INTEGER NOT NULL,
        at         INTEGER NOT NULL,
        UNIQUE (credential, key)
      ) STRICT;

      CREATE TABLE stat (
        span        INTEGER NOT NULL, -- minutes: 1 or 60; 0: totals
        start       INTEGER NOT NULL,
        webhook_uid INTEGER NOT NULL,
        event_type  INTEGER NOT NULL,
        state       INTEGER NOT NULL,
        bucket      INTEGER NOT NULL, -- latency of delivered ones, else 0
        slot        INTEGER NOT NULL,
        count       INTEGER NOT NULL,
        PRIMARY KEY (span, start, webhook_uid, event_type, state, bucket, slot)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE user (
        uid           INTEGER PRIMARY KEY AUTOINCREMENT,
        username      TEXT NOT NULL UNIQUE,
        account_type  TEXT NOT NULL,
        password_hash TEXT NOT NULL,
        created_at    INTEGER NOT NULL
      ) STRICT;

      CREATE TABLE token (
        hash     TEXT PRIMARY KEY,
        user_uid INTEGER NOT NULL,
        ends_at  INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX token_user ON token (user_uid);
      CREATE INDEX token_ends ON token (ends_at);
    `);
  },
};
