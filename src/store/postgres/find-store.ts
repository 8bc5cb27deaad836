import { KEY_CHECK } from '../key-check.js';
import { CREATED, type Found, readCreated } from '../replaced.js';
import type { Line } from './line.js';
import { readMeta, readSchema } from './schema.js';
import type { Server } from './server.js';

const NAME = 'SELECT current_database() AS name';
const ADVICE =
  'Name the database that the store is in, restore it there, or move a store of SQLite there with latchhook ' +
  'migrate-store.';

/** Writes nothing. */
export async function findStore(line: Line, server: Server): Promise<Found> {
  const [database] = await line.run<{ name: string }>(NAME);
  const nothing = {
    name: `The database ${database?.name} on ${server.hosts()[0]}`,
    isEmpty: true,
    createdAt: null,
    advice: ADVICE,
  };
  if ((await readSchema(line)).number === 0 || (await readMeta(line, KEY_CHECK)) === null) return nothing;
  return { ...nothing, isEmpty: false, createdAt: readCreated(await readMeta(line, CREATED)) };
}
