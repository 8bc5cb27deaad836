import type { FastifyContextConfig, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Static, TSchema } from 'typebox';
import type { ErrorCode } from '../../domain/errors.js';
import { bodyLimit, NO_BODY_LIMIT } from './body-limit.js';

export interface Parameter {
  schema: TSchema;
  description: string;
  required?: true;
}

/** What one call takes and answers. Both the route and the OpenAPI document are made of this. */
export interface Operation {
  /** Unique; what a generated client calls it. */
  id: string;
  /** Groups calls in the document. */
  tag: string;
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Parameters in braces are uids: `/api/v1/webhooks/{webhook_uid}`. */
  path: `/${string}`;
  /** One line, in the imperative. */
  summary: string;
  description?: string;
  access: NonNullable<FastifyContextConfig['access']>;
  query?: Readonly<Record<string, Parameter>>;
  headers?: Readonly<Record<string, Parameter>>;
  /** The domain judges bodies, in the contract's order and with its texts; tests hold that both agree. */
  body?: {
    schema: TSchema;
    example: unknown;
    /** Bytes; when left out, what the schema needs. */
    limit?: number;
  };
  answer: {
    /** 200 when left out. */
    status?: 200 | 202 | 302;
    json?: { schema: TSchema; example: unknown };
    /** Other media types, each with an example. */
    text?: Readonly<Record<string, string>>;
  };
  /** Those of its own; what any call can be refused with is added. */
  errors: readonly ErrorCode[];
  /** Whether the texts of its errors can end with ` (item N)`. */
  itemErrors?: true;
}

/** What a body that is a JSON object can be refused with, before its members are judged. */
export const SHAPE_ERRORS = [
  'unsupported-encoding',
  'wrong-encoding',
  'not-utf8',
  'wrong-json',
  'no-value',
  'wrong-type',
] as const satisfies readonly ErrorCode[];

export function operation<const Op extends Operation>(op: Op): Op {
  return op;
}

type ParamsOf<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? { [K in Name]: string } & ParamsOf<Rest>
  : unknown;

/** A string is the answer as it goes over the wire. */
export type AnswerOf<Op extends Operation> = Op['answer'] extends { json: { schema: infer Schema } }
  ? (Schema extends TSchema ? Static<Schema> : never) | string
  : string;

export type OperationRequest<Op extends Operation> = FastifyRequest<{ Params: ParamsOf<Op['path']> }>;

/** Registers the route of `op`. */
export function serve<Op extends Operation>(
  app: FastifyInstance,
  op: Op,
  handler: (
    request: OperationRequest<Op>,
    reply: FastifyReply,
  ) => AnswerOf<Op> | FastifyReply | Promise<AnswerOf<Op> | FastifyReply>,
): void {
  const limit = op.body ? (op.body.limit ?? bodyLimit(op.body.schema)) : NO_BODY_LIMIT;
  app.route({
    method: op.method,
    url: op.path.replaceAll(/\{(\w+)\}/g, ':$1'),
    bodyLimit: limit,
    config: { access: op.access, operation: op },
    handler: (request, reply) => {
      if (op.answer.status !== undefined) reply.code(op.answer.status);
      return handler(request as OperationRequest<Op>, reply);
    },
  });
}

declare module 'fastify' {
  interface FastifyContextConfig {
    operation?: Operation;
  }
}
