import type { Operation, Parameter } from '../contract/operation.js';
import { Uid } from '../contract/uid.js';
import { refusalResponses, refusalsOf, sharedResponses } from './refusals.js';
import { namedSchemas, schemaOf } from './schemas.js';

export interface OpenApiDocument {
  openapi: string;
  info: { title: string; version: string; description: string };
  servers: OpenApiServer[];
  paths: Record<string, Record<string, OpenApiOperation>>;
  tags: { name: string }[];
  components: Record<string, Record<string, unknown>>;
}

export interface OpenApiServer {
  /** Absolute, or a path on the host that the document comes from. */
  url: string;
  description?: string;
}

export interface OpenApiOperation {
  operationId: string;
  tags: string[];
  summary: string;
  description?: string;
  security: Record<string, string[]>[];
  'x-access': string;
  parameters: OpenApiParameter[];
  requestBody?: { required: true; content: Record<string, MediaType> };
  responses: Record<string, OpenApiResponse | { $ref: string }>;
}

export interface OpenApiParameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required: boolean;
  description: string;
  schema: unknown;
}

export interface OpenApiResponse {
  description: string;
  headers?: Record<string, unknown>;
  content?: Record<string, MediaType>;
}

export interface MediaType {
  schema: unknown;
  example?: unknown;
  examples?: Record<string, { value: unknown }>;
}

/** A response of a call; those that calls share stand in `components.responses`. */
export function responseOf(
  given: OpenApiResponse | { $ref: string },
  { components }: Pick<OpenApiDocument, 'components'>,
): OpenApiResponse {
  if (!('$ref' in given)) return given;
  return components['responses']?.[given.$ref.split('/').at(-1) ?? ''] as OpenApiResponse;
}

const DESCRIPTION = `The webhook API of access panels, spoken for a whole building.

Bodies are JSON whatever \`Content-Type\` says. Checks go in this order: credentials, role, uid, JSON, missing
members, wrong types, then the rules of the entity; the first that fails is the answer. Every refusal is
\`{"error": "<text>"}\`; an unknown entity is a 400, a 404 is an unknown path and a 405 another method. Unknown
members and query parameters are ignored. Times are milliseconds since 1970.

Credentials: \`Authorization: Bearer <token>\` from log-in, an API key in the same place, or HTTP Basic.`;

/** The OpenAPI 3.1 document of these calls, in their order. */
export function openApiDocument(operations: readonly Operation[], version: string): OpenApiDocument {
  const paths: OpenApiDocument['paths'] = {};
  for (const op of operations) {
    paths[op.path] = { ...paths[op.path], [op.method.toLowerCase()]: describe(op) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Latchhook', version, description: DESCRIPTION },
    servers: [{ url: 'http://127.0.0.1:8480', description: 'Where it listens by default.' }],
    tags: [...new Set(operations.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'A token from log-in, or an API key.' },
        basic: { type: 'http', scheme: 'basic', description: 'User name and plain password.' },
      },
      responses: sharedResponses(operations),
      schemas: namedSchemas(),
    },
  };
}

function describe(op: Operation): OpenApiOperation {
  return {
    operationId: op.id,
    tags: [op.tag],
    summary: op.summary,
    ...(op.description === undefined ? {} : { description: op.description }),
    security: op.access === 'open' ? [] : [{ token: [] }, { basic: [] }],
    'x-access': op.access,
    parameters: [
      ...[...op.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => pathParameter(name)),
      ...parameters('query', op.query ?? {}),
      ...parameters('header', op.headers ?? {}),
    ],
    ...(op.body && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: schemaOf(op.body.schema), example: op.body.example } },
      },
    }),
    responses: {
      [String(op.answer.status ?? 200)]: success(op.answer),
      ...(refusalResponses(refusalsOf(op), op.itemErrors === true) as Record<string, OpenApiResponse>),
    },
  };
}

function pathParameter(name: string): OpenApiParameter {
  return { name, in: 'path', required: true, description: '', schema: schemaOf(Uid) };
}

function parameters(
  place: 'query' | 'header',
  given: Readonly<Record<string, Parameter>>,
): OpenApiParameter[] {
  return Object.entries(given).map(([name, { schema, description, required }]) => ({
    name,
    in: place,
    required: required === true,
    description,
    schema: schemaOf(schema),
  }));
}

const MEANINGS: Readonly<Record<number, string>> = {
  200: 'Done.',
  202: 'Accepted and on disk.',
  302: 'Elsewhere.',
};

function success({ status = 200, json, text }: Operation['answer']): OpenApiResponse {
  const texts = Object.entries(text ?? {}).map(([type, example]) => [
    type,
    { schema: { type: 'string' }, example },
  ]);
  const content = {
    ...(json && { 'application/json': { schema: schemaOf(json.schema), example: json.example } }),
    ...Object.fromEntries(texts),
  };
  return {
    description: MEANINGS[status] ?? '',
    ...(status === 302 && {
      headers: { Location: { description: 'Where to look.', schema: { type: 'string' } } },
    }),
    ...(Object.keys(content).length > 0 && { content }),
  };
}
