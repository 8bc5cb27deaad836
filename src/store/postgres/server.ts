import type { Clock } from '../../clock.js';
import { type PostgresHost, type PostgresUrl, readPostgresUrl } from '../../domain/postgres-url.js';

const DEFAULT_PORT = 5432;
/** Parameters that a client keeps to itself, and that we decide. */
const CLIENTS = new Set(['connect_timeout', 'idle_timeout', 'keep_alive', 'max', 'max_lifetime', 'prepare']);

/** What the driver is told of one host. */
export interface Place {
  host: string;
  port: number;
  /** A socket file. */
  path?: string;
  user?: string;
  pass?: string;
  database?: string;
  ssl: 'require' | 'allow' | 'prefer' | 'verify-full' | false;
}

/** The address of a database: one host or several, of which the primary is looked for. */
export class Server {
  readonly #url: PostgresUrl;
  readonly #hosts: string[];
  readonly #places = new Map<string, Place>();
  /** Settings of each connection that the URL asks for. */
  readonly parameters: Readonly<Record<string, string>>;
  /** A test's, which stands in place of the database's (`Line`); null: the database's. */
  readonly clock: Clock | null;

  /**
   * `postgres://user:password@host1:5432,host2:5432/name?sslmode=require`. Whatever `target_session_attrs` says,
   * only a primary is taken: the driver's `read-write` was seen to be content with a hot standby. Throws for
   * what is no such address.
   */
  constructor(url: string, clock: Clock | null = null) {
    this.clock = clock;
    const parts = readPostgresUrl(url);
    if (parts === null || parts.hosts.length === 0) {
      throw new Error('LATCHHOOK_DATABASE_URL is no postgres://user:password@host:port/name');
    }
    this.#url = parts;
    const { target_session_attrs: wanted = 'primary', ssl, sslmode = ssl, ...rest } = parts.parameters;
    if (!['any', 'primary', 'read-write'].includes(wanted)) {
      throw new Error(`target_session_attrs=${wanted} cannot be used: a store is written to`);
    }
    this.parameters = Object.fromEntries(Object.entries(rest).filter(([name]) => !CLIENTS.has(name)));
    for (const host of parts.hosts) this.#places.set(nameOf(host), this.#placeOf(host, sslmode));
    this.#hosts = [...this.#places.keys()];
  }

  /** In the order in which they are to be tried. */
  hosts(): readonly string[] {
    return [...this.#hosts];
  }

  /** @param host one of `hosts()` */
  placeOf(host: string): Place {
    const place = this.#places.get(host);
    if (place === undefined) throw new Error(`${host} is no host of this database`);
    return place;
  }

  /** This one is the primary: from now on it is tried first. */
  answered(host: string): void {
    if (this.#hosts[0] === host) return;
    this.#hosts.splice(this.#hosts.indexOf(host), 1);
    this.#hosts.unshift(host);
  }

  #placeOf({ host, port }: PostgresHost, sslmode = 'disable'): Place {
    const { user, password, database } = this.#url;
    const number = port ?? DEFAULT_PORT;
    return {
      // Lists, which its types do not know: it takes a text apart at its colons, which an IPv6 address has.
      host: [host] as unknown as string,
      port: [number] as unknown as number,
      ...(host.startsWith('/') && { path: `${host}/.s.PGSQL.${number}` }),
      ...(user !== null && { user }),
      ...(password !== null && { pass: password }),
      ...(database !== null && { database }),
      ssl: sslmode === 'disable' || sslmode === 'false' ? false : (sslmode as Place['ssl']),
    };
  }
}

/** For people; no two of a server have the same. */
function nameOf({ host, port }: PostgresHost): string {
  const name = host.includes(':') ? `[${host}]` : host;
  return port === null ? name : `${name}:${port}`;
}
