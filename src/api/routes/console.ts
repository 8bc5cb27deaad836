import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, RouteHandlerMethod } from 'fastify';
import { Refusal } from '../../domain/errors.js';
import { programFolder } from '../../version.js';
import type { RouteParts } from './route-parts.js';

/** The addresses of the console's pages: each gives the same page, which then shows what belongs there. */
export const CONSOLE_ADDRESSES = [
  '/',
  '/webhooks',
  '/deliveries',
  '/deliveries/:delivery_uid',
  '/retry-queue',
  '/events',
  '/events/:event_id',
  '/log',
  '/settings',
  '/settings/:section',
] as const;

export const CONSOLE_ASSETS = '/assets/:file';

/** Stands in the built page where the nonce of an answer goes. */
const NONCE_MARK = 'NONCE-OF-THIS-ANSWER';
const NONCE_BYTES = 16;
/** How the built page begins the address of each of its files. */
const FILE_MARK = '="./';
/** Their names hold a hash of what is in them. */
const FOREVER = 'public, max-age=31536000, immutable';

/**
 * Scripts and styles from our own files alone. Components add style elements at run time, which need the nonce;
 * scripts get none.
 */
function pagePolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** Serves the built console. Where it is not built, its addresses lead to the page of the API. */
export function consoleRoutes(
  app: FastifyInstance,
  { randomBytes, basePath }: Pick<RouteParts, 'randomBytes' | 'basePath'>,
): void {
  const built = builtConsole();
  const config = { access: 'open' } as const;
  const open = (url: string, handler: RouteHandlerMethod) => app.get(url, { config }, handler);

  if (built === null) {
    for (const url of CONSOLE_ADDRESSES) {
      open(url, (request, reply) => reply.redirect(`${basePath.rootFrom(request)}docs`, 302));
    }
    open(CONSOLE_ASSETS, () => {
      throw new Refusal('not-found');
    });
    return;
  }

  app.register(fastifyStatic, {
    root: join(built, 'assets'),
    serve: false,
    preCompressed: true,
    cacheControl: false,
    dotfiles: 'ignore',
  });
  const page = readFileSync(join(built, 'index.html'), 'utf8');
  const assets = new Set(readdirSync(join(built, 'assets')));

  for (const url of CONSOLE_ADDRESSES) {
    open(url, (request, reply) => {
      const nonce = Buffer.from(randomBytes(NONCE_BYTES)).toString('base64');
      return reply
        .type('text/html; charset=utf-8')
        .header('content-security-policy', pagePolicy(nonce))
        .send(page.replaceAll(NONCE_MARK, nonce).replaceAll(FILE_MARK, `="${basePath.rootFrom(request)}`));
    });
  }

  app.get<{ Params: { file: string } }>(CONSOLE_ASSETS, { config }, (request, reply) => {
    const { file } = request.params;
    if (!assets.has(file)) throw new Refusal('not-found');
    reply.header('cache-control', FOREVER).header('vary', 'accept-encoding');
    return reply.sendFile(file);
  });
}

/** The folder of the built console. Null: it is not built. */
function builtConsole(): string | null {
  const folder = fileURLToPath(new URL('dist/console', programFolder()));
  return existsSync(join(folder, 'index.html')) && existsSync(join(folder, 'assets')) ? folder : null;
}
