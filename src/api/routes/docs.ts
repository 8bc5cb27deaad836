import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { operation, serve } from '../contract/operation.js';
import type { OpenApiDocument } from '../openapi/document.js';
import { documentPage } from '../openapi/page.js';
import { STYLE } from '../openapi/style.js';

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

export function docsRoutes(app: FastifyInstance, document: OpenApiDocument): void {
  const json = JSON.stringify(document);
  const page = documentPage(document);

  serve(app, DOCS_OPERATIONS.page, (_request, reply) => {
    reply.type('text/html; charset=utf-8').header('content-security-policy', PAGE_POLICY);
    return page;
  });

  serve(app, DOCS_OPERATIONS.document, (_request, reply) => {
    reply.type('application/json');
    return json;
  });
}
