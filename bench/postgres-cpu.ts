/** What a PostgreSQL server has used of the CPU, as Linux tells it. */
import { readdirSync, readFileSync } from 'node:fs';
import type { PostgresServer } from '../local-postgres/server.js';

/** ms, of the server and all its connections, ended ones included; null where the system does not tell. */
export type DatabaseCpu = number | null;

/** Linux counts in hundredths of a second here, whatever its own clock does. */
const MS_PER_TICK = 10;

export function databaseCpu(server: PostgresServer): DatabaseCpu {
  if (process.platform !== 'linux') return null;
  const main = server.pid;
  let ticks = 0;
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = statOf(name);
    if (stat === null) continue;
    if (Number(name) === main) ticks += stat.own + stat.ended;
    else if (stat.parent === main) ticks += stat.own;
  }
  return ticks * MS_PER_TICK;
}

function statOf(pid: string): { parent: number; own: number; ended: number } | null {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return null; // it ended meanwhile
  }
  // The name, in parentheses, may hold anything.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const at = (field: number) => Number(fields[field]);
  return { parent: at(1), own: at(11) + at(12), ended: at(13) + at(14) };
}
