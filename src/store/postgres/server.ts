import type { Clock } from '../../clock.js';

/** The address of a database: one host or several, of which the primary is looked for. */
export class Server {
  readonly #before: string;
  readonly #after: string;
  readonly #hosts: string[];
  /** A test's, which stands in place of the database's (`Line`); null: the database's. */
  readonly clock: Clock | null;

  /**
   * `postgres://user:password@host1:5432,host2:5432/name?sslmode=require`. Whatever `target_session_attrs` says,
   * only a primary is taken: the driver's `read-write` was seen to be content with a hot standby. Throws for
   * what is no such address.
   */
  constructor(url: string, clock: Clock | null = null) {
    this.clock = clock;
    const parts = /^(postgres(?:ql)?:\/\/(?:[^@/?#]*@)?)([^@/?#]+)(.*)$/s.exec(url);
    if (!parts) throw new Error('LATCHHOOK_DATABASE_URL is no postgres://user:password@host:port/name');
    const [, before = '', hosts = '', after = ''] = parts;
    this.#before = before;
    this.#hosts = hosts.split(',');
    const [path = '', query = ''] = after.split('?', 2);
    const parameters = new URLSearchParams(query);
    const wanted = parameters.get('target_session_attrs') ?? 'primary';
    if (!['any', 'primary', 'read-write'].includes(wanted)) {
      throw new Error(`target_session_attrs=${wanted} cannot be used: a store is written to`);
    }
    parameters.delete('target_session_attrs');
    this.#after = parameters.size > 0 ? `${path}?${parameters}` : path;
  }

  /** In the order in which they are to be tried. */
  hosts(): readonly string[] {
    return [...this.#hosts];
  }

  urlOf(host: string): string {
    return `${this.#before}${host}${this.#after}`;
  }

  /** This one is the primary: from now on it is tried first. */
  answered(host: string): void {
    if (this.#hosts[0] === host) return;
    this.#hosts.splice(this.#hosts.indexOf(host), 1);
    this.#hosts.unshift(host);
  }
}
