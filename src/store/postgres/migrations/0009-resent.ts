import type { Migration } from '../../migrate.js';
import type { Line } from '../line.js';

/** Attempts whose request went out twice, since the kept connection of the first was closed unanswered. */
export const resent: Migration<Line> = {
  number: 9,
  oldestRelease: '0.1.0',
  up(line) {
    return line.script('ALTER TABLE attempt ADD COLUMN resent integer NOT NULL DEFAULT 0');
  },
};
