import { standbyState } from '../../domain/standby.js';
import type { SystemRow } from '../store.js';
import type { Reader } from './reader.js';
import { readSchema } from './schema.js';
import { readReplication } from './standby.js';
import { DEAD_AFTER_MS } from './transaction.js';

const SIZE = 'SELECT pg_database_size(current_database()) AS bytes';
const NODES = `
  SELECT id, opened_at, heartbeat_at FROM session WHERE heartbeat_at > latchhook_now() - ${DEAD_AFTER_MS}
  ORDER BY id`;

interface NodeRow {
  id: number;
  opened_at: number;
  heartbeat_at: number;
}

export async function readSystem(reader: Reader): Promise<SystemRow> {
  return reader.read(async (line) => {
    const { number: schema } = await readSchema(line);
    const [size] = await line.run<{ bytes: number }>(SIZE);
    const nodes = await line.run<NodeRow>(NODES);
    return {
      store: 'postgres',
      schema,
      sizeBytes: size?.bytes ?? 0,
      standby: standbyState(await readReplication(line)),
      // The data lie on the database's server, which does not tell.
      disk: null,
      nodes: nodes.map(({ id, opened_at, heartbeat_at }) => ({
        session: id,
        openedAt: opened_at,
        heartbeatAt: heartbeat_at,
      })),
    };
  });
}
