import type { Migration } from '../../migrate.js';
import type { Connection } from '../connection.js';

/** What `webhook-id`s are made of (`domain/message-id.ts`). */
export const messageIds: Migration<Connection> = {
  number: 10,
  oldestRelease: '0.1.0',
  up(database) {
    database.exec(`
      INSERT INTO meta VALUES ('store id', lower(hex(randomblob(16))));
      INSERT INTO meta VALUES ('last plain uid', coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'delivery'), 0));
    `);
  },
};
