import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { operation, serve } from '../contract/operation.js';
import type { OpenApiDocument, OpenApiServer } from '../openapi/document.js';
import { documentPage } from '../openapi/page.js';
import { STYLE } from '../openapi/style.js';
import type { RouteParts } from './route-parts.js';

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');
const PAGE_POLICY = `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

export const DOCS_OPERATIONS = {
  page: operation({
    id: 'getDocs',
    tag: 'Documents',
    method: 'GET',
    path: '/docs',
    summary: 'Show this page',
    access: 'open',
    answer: { text: { 'text/html': '<!doctype html>…' } },
    errors: [],
  }),
  document: operation({
    id: 'getDocument',
    tag: 'Documents',
    method: 'GET',
    path: '/openapi.json',
    summary: 'Get the OpenAPI document of which this page is made',
    access: 'open',
    answer: {
      json: {
        schema: Type.Object({ openapi: Type.Literal('3.1.0') }, { additionalProperties: true }),
        example: { openapi: '3.1.0' },
      },
    },
    errors: [],
  }),
};

/** Before the long rest of the document, which is the same for everybody. */
const SERVERS = '"servers":[]';

export function docsRoutes(
  app: FastifyInstance,
  document: OpenApiDocument,
  { basePath, config }: Pick<RouteParts, 'basePath' | 'config'>,
): void {
  const publicServer = publicServerOf(config);
  const json = JSON.stringify({ ...document, servers: [] });
  const page = documentPage(publicServer ? { ...document, servers: [publicServer] } : document);

  serve(app, DOCS_OPERATIONS.page, (_request, reply) => {
    reply.type('text/html; charset=utf-8').header('content-security-policy', PAGE_POLICY);
    return page;
  });

  serve(app, DOCS_OPERATIONS.document, (request, reply) => {
    reply.type('application/json');
    const server: OpenApiServer = publicServer ?? { url: basePath.of(request) || '/' };
    return json.replace(SERVERS, () => `"servers":${JSON.stringify([server])}`);
  });
}

/** Where `LATCHHOOK_PUBLIC_URL` says that it is; under the path that is set, unless the URL has one itself. */
function publicServerOf({ publicUrl, basePath }: RouteParts['config']): OpenApiServer | null {
  if (publicUrl === null) return null;
  const { origin, pathname } = new URL(publicUrl);
  return { url: origin + (pathname === '/' ? basePath : pathname.replace(/\/$/, '')) };
}
