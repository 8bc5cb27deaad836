import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../domain/errors.js';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'] as const;

/** A second one of these could be read by us in one way and by a proxy before us in another. */
const SINGLE = new Set(['host', 'authorization', 'idempotency-key']);

/** Refuses what no route of ours answers, before its body is read. */
export function refuseUnroutable(app: FastifyInstance, request: FastifyRequest, reply: FastifyReply): void {
  const { raw } = request;
  if (raw.httpVersion === '1.1' && raw.headers.host === undefined) throw new Refusal('bad-request');
  refuseTwice(raw.rawHeaders);
  if (!request.is404) return;
  const path = (raw.url ?? '/').split('?', 1)[0] ?? '/';
  const allowed = METHODS.filter((method) => app.findRoute({ method, url: path }) !== null);
  if (allowed.length === 0) throw new Refusal('not-found');
  reply.header('allow', allowed.join(', '));
  throw new Refusal('method-not-allowed');
}

/** @param rawHeaders names and values by turns */
function refuseTwice(rawHeaders: readonly string[]): void {
  const seen: string[] = [];
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]?.toLowerCase() ?? '';
    if (!SINGLE.has(name)) continue;
    if (seen.includes(name)) throw new Refusal('bad-request');
    seen.push(name);
  }
}
