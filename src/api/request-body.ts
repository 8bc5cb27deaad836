import type { FastifyRequest } from 'fastify';
import { parseJsonBytes } from '../domain/json.js';

/** The bytes of the body; none for a request without one. */
export function bodyBytes(request: FastifyRequest): Uint8Array {
  return request.body instanceof Uint8Array ? request.body : new Uint8Array(0);
}

/** The body as JSON. @throws Refusal `wrong-json` */
export function jsonBody(request: FastifyRequest): unknown {
  return parseJsonBytes(bodyBytes(request));
}

/** A query parameter that is given once and not empty; null otherwise. */
export function queryParameter(request: FastifyRequest, name: string): string | null {
  const value = (request.query as Record<string, unknown>)[name];
  return typeof value === 'string' && value !== '' ? value : null;
}
