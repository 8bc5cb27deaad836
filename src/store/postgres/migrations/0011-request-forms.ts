import type { Migration } from '../../migrate.js';
import type { Line } from '../line.js';

/** What each attempt was sent by (`domain/request-form.ts`): a few rows, which are never changed. */
export const requestForms: Migration<Line> = {
  number: 11,
  oldestRelease: '0.1.0',
  up(line) {
    return line.script(`
      CREATE TABLE request_form (
        id   integer PRIMARY KEY,
        text text NOT NULL
      );
      ALTER TABLE attempt ADD COLUMN form_id integer; -- null: from before, or of an older release
    `);
  },
};
