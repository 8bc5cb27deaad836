import type { FastifyRequest } from 'fastify';
import { readBasePath, withoutBasePath } from '../domain/base-path.js';
import type { ClientAddresses } from './client-address.js';

/**
 * Under which path browsers find the server. What is set is taken off the path of a request, where the proxy has not
 * done it; `X-Forwarded-Prefix` says what a trusted proxy has taken off already.
 */
export class BasePath {
  readonly #own: string;
  readonly #clients: Pick<ClientAddresses, 'trusts'>;

  /** @param own `LATCHHOOK_BASE_PATH` */
  constructor(own: string, clients: Pick<ClientAddresses, 'trusts'>) {
    this.#own = own;
    this.#clients = clients;
  }

  /** The request target as the router knows it. */
  routed(target: string): string {
    return withoutBasePath(target, this.#own);
  }

  /** Without a slash at its end; empty: at the root, or under a path that nobody told of. */
  of(request: FastifyRequest): string {
    const told = request.headers['x-forwarded-prefix'];
    if (told === undefined || !this.#clients.trusts(request.socket.remoteAddress)) return this.#own;
    // Each proxy takes its own part off and adds it behind those of the proxies before it.
    const parts = String(told).split(',').map(readBasePath);
    return parts.includes(null) ? this.#own : parts.join('');
  }

  /**
   * The root as a reference that holds in the answer to this request, with a slash at its end. Under a path that
   * nobody told of it is relative: as many folders up as the request's path has.
   */
  rootFrom(request: FastifyRequest): string {
    const basePath = this.of(request);
    if (basePath !== '') return `${basePath}/`;
    const [path = '/'] = request.url.split(/[?#]/, 1);
    return '../'.repeat(path.split('/').length - 2) || './';
  }
}
