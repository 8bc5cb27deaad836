import type { Migration } from '../../migrate.js';
import type { Connection } from '../connection.js';

/** Attempts whose request went out twice, since the kept connection of the first was closed unanswered. */
export const resent: Migration<Connection> = {
  number: 9,
  oldestRelease: '0.1.0',
  up(database) {
    database.exec('ALTER TABLE attempt ADD COLUMN resent INTEGER NOT NULL DEFAULT 0');
  },
};
