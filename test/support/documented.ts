/** Whether an answer is one that the OpenAPI document has for its call. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import {
  type MediaType,
  type OpenApiDocument,
  type OpenApiResponse,
  responseOf,
} from '../../src/api/openapi/document.js';

export interface GivenAnswer {
  status: number;
  contentType: string | undefined;
  text: string;
}

interface Call {
  method: string;
  path: string;
  /** Matches a path without its query. */
  pattern: RegExp;
  parameters: number;
  responses: Record<string, OpenApiResponse | { $ref: string }>;
}

type Schema = Record<string, unknown>;

/** What any path can be answered before a route is found, besides its own refusals. */
const UNROUTED = ['400', '408', '413', '431', '503'];

export class Documented {
  readonly #document: OpenApiDocument;
  readonly #calls: Call[];
  readonly #ajv = new Ajv2020({ strict: true, strictTypes: false, allErrors: true });
  readonly #validators = new Map<unknown, ValidateFunction>();

  constructor(document: OpenApiDocument) {
    this.#document = document;
    this.#ajv.addKeyword('components');
    this.#ajv.addSchema({ $id: 'document', components: { schemas: this.#closedComponents() } });
    this.#calls = Object.entries(document.paths)
      .flatMap(([path, methods]) =>
        Object.entries(methods).map(([method, { responses }]) => ({
          method: method.toUpperCase(),
          path,
          pattern: new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]*')}$`),
          parameters: path.split('{').length - 1,
          responses,
        })),
      )
      // A path of words goes before one with a parameter in the same place.
      .sort((a, b) => a.parameters - b.parameters);
  }

  /** @returns what is not as documented; null when all is */
  fault(method: string, target: string, answer: GivenAnswer): string | null {
    const path = decoded(target.split(/[?#]/, 1)[0] ?? '');
    const matching = this.#calls.filter(({ pattern }) => pattern.test(path));
    const asked = method === 'HEAD' ? 'GET' : method;
    const call = matching.find((one) => one.method === asked);
    const given = call
      ? call.responses[String(answer.status)]
      : this.#withoutCall(matching.length > 0, String(answer.status));
    const response = given && responseOf(given, this.#document);
    const named = `${method} ${target} → ${answer.status}`;
    if (!response) return `${named}: no such answer is documented`;
    if (method === 'HEAD') return answer.text === '' ? null : `${named}: a body`;
    const fault = this.#contentFault(response.content, answer);
    return fault && `${named}: ${fault}\n${answer.text.slice(0, 500)}`;
  }

  /** Whether `value` is one for `schema` of this document, and has nothing besides. */
  schemaFault(schema: unknown, value: unknown): string | null {
    let validate = this.#validators.get(schema);
    if (!validate) {
      validate = this.#ajv.compile(closed(schema) as Schema);
      this.#validators.set(schema, validate);
    }
    return validate(value) ? null : this.#ajv.errorsText(validate.errors);
  }

  #contentFault(content: Record<string, MediaType> | undefined, answer: GivenAnswer): string | null {
    if (!content) return answer.text === '' ? null : 'a body where none is documented';
    const type = answer.contentType?.split(';', 1)[0] ?? '';
    const media = content[type];
    if (!media) return `content type ${type} is not documented`;
    if (type !== 'application/json') return null;
    let json: unknown;
    try {
      json = JSON.parse(answer.text);
    } catch {
      return 'not JSON';
    }
    return this.schemaFault(media.schema, json);
  }

  #withoutCall(pathExists: boolean, status: string): Call['responses'][string] | undefined {
    const { NotFound, MethodNotAllowed } = this.#document.components['responses'] as Record<
      string,
      OpenApiResponse
    >;
    if (status === '404') return pathExists ? undefined : NotFound;
    if (status === '405') return MethodNotAllowed;
    return UNROUTED.includes(status) ? this.#calls[0]?.responses[status] : undefined;
  }

  #closedComponents(): Schema {
    const schemas = this.#document.components['schemas'] ?? {};
    return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, closed(schema)]));
  }
}

function decoded(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}

/** The same schema, which refuses members that it does not name; where it names none, any are welcome. */
function closed(schema: unknown): unknown {
  if (typeof schema !== 'object' || schema === null) return schema;
  if (Array.isArray(schema)) return schema.map(closed);
  const { $ref } = schema as Schema;
  if (typeof $ref === 'string') return { $ref: $ref.replace('#', 'document#') };
  const copy = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  const members = (schema as Schema)['properties'];
  const hasMembers = typeof members === 'object' && members !== null && Object.keys(members).length > 0;
  if (hasMembers && !('additionalProperties' in copy)) copy['additionalProperties'] = false;
  return copy;
}
