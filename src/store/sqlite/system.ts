import { stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { SystemRow } from '../store.js';
import type { Reader } from './reader.js';
import { readSchema } from './schema.js';

const NODES = 'SELECT id, opened_at, heartbeat_at FROM session ORDER BY id';
/** The database, what is not yet in it, and the index of that. */
const FILES = ['', '-wal', '-shm'];

interface NodeRow {
  id: number;
  opened_at: number;
  heartbeat_at: number;
}

export async function readSystem(reader: Reader): Promise<SystemRow> {
  const file = reader.database.name;
  const { schema, nodes } = reader.snapshot(() => ({
    schema: readSchema(reader.database).number,
    nodes: reader.database.prepare<[], NodeRow>(NODES).all(),
  }));
  const sizes = await Promise.all(FILES.map((suffix) => sizeOf(file + suffix)));
  const { bsize, bavail, blocks } = await statfs(dirname(file));
  return {
    store: 'sqlite',
    schema,
    sizeBytes: sizes.reduce((sum, size) => sum + size, 0),
    standby: null,
    disk: { freeBytes: bavail * bsize, totalBytes: blocks * bsize },
    nodes: nodes.map(({ id, opened_at, heartbeat_at }) => ({
      session: id,
      openedAt: opened_at,
      heartbeatAt: heartbeat_at,
    })),
  };
}

async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw error;
  }
}
