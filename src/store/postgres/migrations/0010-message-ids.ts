import type { Migration } from '../../migrate.js';
import type { Line } from '../line.js';

/** What `webhook-id`s are made of (`domain/message-id.ts`). */
export const messageIds: Migration<Line> = {
  number: 10,
  oldestRelease: '0.1.0',
  up(line) {
    return line.script(`
      INSERT INTO meta VALUES ('store id', replace(gen_random_uuid()::text, '-', ''));
      INSERT INTO counter
        SELECT 'last plain uid', CASE WHEN is_called THEN last_value ELSE 0 END FROM delivery_uid_seq;
    `);
  },
};
