import type { Migration } from '../../migrate.js';
import type { Connection } from '../connection.js';

/** What each attempt was sent by (`domain/request-form.ts`): a few rows, which are never changed. */
export const requestForms: Migration<Connection> = {
  number: 11,
  oldestRelease: '0.1.0',
  up(database) {
    database.exec(`
      CREATE TABLE request_form (
        id   INTEGER PRIMARY KEY,
        text TEXT NOT NULL
      ) STRICT;
      ALTER TABLE attempt ADD COLUMN form_id INTEGER; -- null: from before, or of an older release
    `);
  },
};
