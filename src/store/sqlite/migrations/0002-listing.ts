import type { Migration } from '../../migrate.js';
import type { Connection } from '../connection.js';

/**
 * What lists are found by. Deliveries and events are counted in blocks of 2^level neighbouring uids, so that
 * a list skips blocks instead of rows, whatever it is filtered by. Nothing of it is written on the way of an
 * event: a background job takes in whole blocks once they are complete (`listing-blocks.ts`), and a list reads
 * the rows behind them one by one.
 */
export const listing: Migration<Connection> = {
  number: 2,
  oldestRelease: '0.1.0',
  up(database) {
    database.exec(`
      -- Everything below is in the blocks.
      INSERT INTO meta VALUES ('deliveries in blocks', 0), ('events in blocks', 0);

      CREATE TABLE source (
        id   INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE
      ) STRICT;

      -- first_at, last_at: the least and greatest time of acceptance in it, in whatever order they came.
      CREATE TABLE delivery_block (
        level    INTEGER NOT NULL, -- it holds the uids from block << level to ((block + 1) << level) - 1
        block    INTEGER NOT NULL,
        count    INTEGER NOT NULL,
        first_at INTEGER NOT NULL,
        last_at  INTEGER NOT NULL,
        PRIMARY KEY (level, block)
      ) STRICT, WITHOUT ROWID;

      -- Follows each change of a state, in the transaction of that change.
      CREATE TABLE delivery_block_state (
        level       INTEGER NOT NULL,
        block       INTEGER NOT NULL,
        webhook_uid INTEGER NOT NULL,
        event_type  INTEGER NOT NULL,
        state       INTEGER NOT NULL,
        count       INTEGER NOT NULL,
        PRIMARY KEY (level, block, webhook_uid, event_type, state)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE delivery_block_source (
        level  INTEGER NOT NULL,
        block  INTEGER NOT NULL,
        source INTEGER NOT NULL,
        count  INTEGER NOT NULL,
        PRIMARY KEY (level, block, source)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE event_block (
        level    INTEGER NOT NULL,
        block    INTEGER NOT NULL,
        count    INTEGER NOT NULL,
        first_at INTEGER NOT NULL,
        last_at  INTEGER NOT NULL,
        PRIMARY KEY (level, block)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE event_block_type (
        level      INTEGER NOT NULL,
        block      INTEGER NOT NULL,
        event_type INTEGER NOT NULL,
        unmatched  INTEGER NOT NULL,
        count      INTEGER NOT NULL,
        PRIMARY KEY (level, block, event_type, unmatched)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE event_block_source (
        level  INTEGER NOT NULL,
        block  INTEGER NOT NULL,
        source INTEGER NOT NULL,
        count  INTEGER NOT NULL,
        PRIMARY KEY (level, block, source)
      ) STRICT, WITHOUT ROWID;

      -- The retry queue by its next attempts. A delivery that succeeds at once never enters it.
      CREATE INDEX delivery_retrying ON delivery (due_at, uid, webhook_uid, event_type) WHERE state = 1;
    `);
  },
};
