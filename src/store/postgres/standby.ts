import type { ReplicationFacts } from '../../domain/standby.js';
import type { Line } from './line.js';

/**
 * A role that may not see how others follow (`pg_read_all_stats`) sees that they do: their states are null. What
 * takes a backup is no standby.
 */
const READ = `
  SELECT current_setting('synchronous_commit') AS commit,
    current_setting('synchronous_standby_names') AS names,
    count(*) FILTER (WHERE state IS DISTINCT FROM 'backup') AS connected,
    count(*) FILTER (WHERE sync_state IN ('sync', 'quorum')) AS synchronous,
    count(*) FILTER (WHERE state IS NULL) AS hidden
  FROM pg_stat_replication`;

export async function readReplication(line: Line): Promise<ReplicationFacts> {
  const [facts] = await line.run<ReplicationFacts>(READ);
  if (!facts) throw new Error('the database does not tell how it is followed');
  return facts;
}
