/** The parts of `postgres://user:password@host1:5432,host2:5432/name?sslmode=require`, decoded; null: not said. */
export interface PostgresUrl {
  user: string | null;
  password: string | null;
  /** In order; empty: not said. */
  hosts: PostgresHost[];
  database: string | null;
  parameters: Record<string, string>;
}

export interface PostgresHost {
  /** A name, an address without brackets, or the folder of a socket file, which begins with a slash. */
  host: string;
  port: number | null;
}

/** `@`, `/`, `?` and `#` stand in no part of it as they are: a URL with such a password would lead to another host. */
const PARTS =
  /^postgres(?:ql)?:(?:\/\/(?:([^:@/?#]*)(?::([^@/?#]*))?@)?([^@/?#]*)(?:\/([^@/?#]*))?(?:\?([^@#]*))?)?$/s;

/** Null for what is no such URL, or is not percent-encoded as one. */
export function readPostgresUrl(url: string): PostgresUrl | null {
  const parts = PARTS.exec(url);
  if (parts === null) return null;
  const [, user, password, hosts, database, query] = parts;
  try {
    return {
      user: decoded(user),
      password: decoded(password),
      hosts: hosts ? hosts.split(',').map(readHost) : [],
      database: decoded(database),
      parameters: Object.fromEntries(new URLSearchParams(query)),
    };
  } catch {
    return null;
  }
}

export function writePostgresUrl({ user, password, hosts, database, parameters }: PostgresUrl): string {
  const secret = password === null ? '' : `:${encodeURIComponent(password)}`;
  const account = user === null && password === null ? '' : `${encodeURIComponent(user ?? '')}${secret}@`;
  const places = hosts.map(({ host, port }) => {
    const name = host.includes(':') ? `[${host}]` : encodeURIComponent(host);
    return port === null ? name : `${name}:${port}`;
  });
  const query = new URLSearchParams(parameters).toString().replaceAll('@', '%40');
  const name = database === null ? '' : `/${encodeURIComponent(database)}`;
  return `postgres://${account}${places.join(',')}${name}${query === '' ? '' : `?${query}`}`;
}

/** The variables that PostgreSQL's own programs read. */
export type PostgresEnvironment = Readonly<
  Partial<
    Record<'PGHOST' | 'PGPORT' | 'PGUSER' | 'PGPASSWORD' | 'PGDATABASE' | 'PGSSLMODE', string | undefined>
  >
>;

/**
 * What the URL leaves open, out of the variables; what it says counts. `PGHOST` and `PGPORT` may name several with
 * commas between them. Null where a port is no number.
 */
export function completedPostgresUrl(url: PostgresUrl, env: PostgresEnvironment): PostgresUrl | null {
  const ports = (env.PGPORT || '').split(',').map((port) => readPort(port.trim()));
  if (env.PGPORT && ports.includes(null)) return null;
  const named =
    url.hosts.length > 0 ? url.hosts : (env.PGHOST || '').split(',').filter(Boolean).map(hostOnly);
  const sslmode = url.parameters['sslmode'] ?? (env.PGSSLMODE || undefined);
  return {
    user: url.user ?? (env.PGUSER || null),
    password: url.password ?? (env.PGPASSWORD || null),
    hosts: named.map(({ host, port }, index) => ({
      host,
      port: port ?? ports[index] ?? (ports.length === 1 ? (ports[0] ?? null) : null),
    })),
    database: url.database ?? (env.PGDATABASE || null),
    parameters: sslmode === undefined ? url.parameters : { ...url.parameters, sslmode },
  };
}

function decoded(text: string | undefined): string | null {
  return text ? decodeURIComponent(text) : null;
}

const hostOnly = (host: string): PostgresHost => ({ host: host.trim(), port: null });

/** Throws for a port that is none. */
function readHost(text: string): PostgresHost {
  const [, bracketed, name, port] = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d+))?$/.exec(text) ?? [];
  const host = bracketed ?? decodeURIComponent(name ?? '');
  if (host === '' || (port !== undefined && readPort(port) === null)) throw new Error('no host');
  return { host, port: port === undefined ? null : readPort(port) };
}

function readPort(text: string): number | null {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port >= 1 && port <= 65_535 ? port : null;
}
