/** TypeScript out of the OpenAPI document, as far as the document goes. Formatting is left to the formatter. */

const HEAD = '// Generated from docs/openapi.json by `npm run openapi`.\n\n';

/** `components.schemas` as types. */
export function clientSchemas(document) {
  const types = Object.entries(document.components.schemas).map(([name, schema]) =>
    schema.properties
      ? `export interface ${name} ${typeOf(schema)}`
      : `export type ${name} = ${typeOf(schema)};`,
  );
  return `${HEAD}${types.join('\n\n')}\n`;
}

/** What each call takes in its query. */
export function clientQueries(document) {
  const types = callsOf(document).flatMap((call) => {
    const query = queryOf(call);
    return query === null ? [] : [`export interface ${query.name} ${query.type}`];
  });
  return withImports(document, types.join('\n\n'), '');
}

/** A method for each call that answers JSON, and one more for each list, which goes over all its items. */
export function clientCalls(document) {
  const calls = callsOf(document);
  const methods = calls.flatMap((call) => {
    const answer = answerOf(call);
    return answer === undefined ? [] : [callMethod(call, answer), ...listMethod(call)];
  });
  const body = methods.join('\n\n');
  const used = (name) => new RegExp(`\\b${name}\\b`).test(body);
  const queries = calls.map((call) => queryOf(call)?.name).filter((name) => name !== undefined && used(name));
  return withImports(
    document,
    `/** Every call of the API. Each rejects with a \`LatchhookError\` when it is refused, else as \`fetch\` does. */
export class LatchhookClient extends Transport {
${body}
}`,
    `import { ${['byCursor', 'byPage'].filter(used).join(', ')} } from './paging.js';
import type { ${queries.sort().join(', ')} } from './queries.js';
import { type CallOptions, Transport } from './transport.js';
`,
  );
}

/** What a body's members must be, for whoever checks them before they are sent. Long lists are left to the types. */
export function clientRules(document) {
  const bodies = Object.entries(document.components.schemas).filter(
    ([name, schema]) => name.endsWith('Body') && schema.properties,
  );
  const rules = Object.fromEntries(
    bodies.map(([name, { properties, required = [] }]) => [
      name,
      Object.fromEntries(
        Object.entries(properties).map(([member, schema]) => [
          member,
          { required: required.includes(member), ...ruleOf(schema) },
        ]),
      ),
    ]),
  );
  return `${HEAD}/** By schema and member, in the words of JSON Schema. \`nullable\`: \`null\` is fine too. */
export const BODY_RULES = ${JSON.stringify(rules)} as const;
`;
}

function ruleOf({ anyOf, description: _, ...schema }) {
  if (anyOf) {
    const given = anyOf.filter(({ type }) => type !== 'null');
    const rule = given.length === 1 ? ruleOf(given[0]) : { enum: given.map((one) => one.const) };
    return { ...rule, ...(given.length < anyOf.length ? { nullable: true } : {}) };
  }
  const { $ref, items, enum: values, ...rule } = schema;
  return { ...rule, ...(values && values.length <= 12 ? { enum: values } : {}) };
}

function callsOf(document) {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, op]) => ({ ...op, method: method.toUpperCase(), path })),
  );
}

/** @param source where schemas are named with `S.` before them */
function withImports(document, source, imports) {
  const named = Object.keys(document.components.schemas).filter((name) =>
    new RegExp(`\\bS\\.${name}\\b`).test(source),
  );
  const schemas = named.length > 0 ? `import type { ${named.join(', ')} } from './schemas.js';\n` : '';
  return `${HEAD}${imports.replace('import { type CallOptions', `${schemas}import { type CallOptions`) || schemas}
${source.replaceAll(/\bS\.(\w+)/g, '$1')}
`;
}

function callMethod(call, answer) {
  const { operationId, method, path, requestBody } = call;
  const inPath = call.parameters.filter((parameter) => parameter.in === 'path');
  const query = queryOf(call);
  const body = requestBody?.content['application/json'].schema;
  const parameters = [
    ...inPath.map(({ name }) => `${camel(name)}: number`),
    ...(body ? [`body: ${typeOf(body, 'S.')}`] : []),
    ...(query ? [`query: ${query.name}${query.required ? '' : ' = {}'}`] : []),
    'options: CallOptions = {}',
  ];
  const target = inPath.reduce((text, { name }) => text.replace(`{${name}}`, `\${${camel(name)}}`), path);
  const given = [...(body ? ['body'] : []), ...(query ? ['query'] : []), 'options'].join(', ');
  const template = inPath.length > 0 ? `\`${target}\`` : `'${target}'`;
  return `${comment(call)}
  ${operationId}(${parameters.join(', ')}): Promise<${answer}> {
    return this.request('${method}', ${template}, { ${given} });
  }`;
}

/** \`listWebhooks\` gets \`allWebhooks\`. */
function listMethod(call) {
  const names = call.parameters.map(({ name }) => name);
  if (!call.operationId.startsWith('list') || !names.includes('page_number')) return [];
  const own = ['limit', 'page_number', 'cursor'].filter((name) => names.includes(name));
  const how = names.includes('cursor') ? 'byCursor' : 'byPage';
  const name = call.operationId.replace(/^list/, 'all');
  return [
    `  /** Every item of \`${call.operationId}\`, read page by page as they are asked for. */
  ${name}(query: Omit<${queryOf(call).name}, ${own.map((one) => `'${one}'`).join(' | ')}> = {}, options: CallOptions = {}) {
    return ${how}((page) => this.${call.operationId}({ ...query, ...page }, options));
  }`,
  ];
}

function comment({ summary, description, method, path }) {
  const text = [`${summary}. \`${method} ${path}\``, description].filter(Boolean).join('\n   *\n   * ');
  return `  /**\n   * ${text}\n   */`;
}

function answerOf({ responses }) {
  const schema = (responses['200'] ?? responses['202'])?.content?.['application/json']?.schema;
  return schema && typeOf(schema, 'S.');
}

function queryOf({ operationId, parameters }) {
  const own = parameters.filter((parameter) => parameter.in === 'query');
  if (own.length === 0) return null;
  const members = own.map(
    ({ name, required, schema, description }) =>
      `${description ? `/** ${description} */\n` : ''}${name}${required ? '' : '?'}: ${typeOf(schema, 'S.')};`,
  );
  const name = `${operationId.charAt(0).toUpperCase()}${operationId.slice(1)}Query`;
  return { name, type: `{\n${members.join('\n')}\n}`, required: own.some(({ required }) => required) };
}

/** @param prefix put before the names of other schemas */
function typeOf(schema, prefix = '') {
  if (schema.$ref) return prefix + schema.$ref.split('/').at(-1);
  if ('const' in schema) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (schema.anyOf) return [...new Set(schema.anyOf.map((one) => typeOf(one, prefix)))].join(' | ');
  switch (schema.type) {
    case 'array':
      return `(${typeOf(schema.items, prefix)})[]`;
    case 'object':
      return objectType(schema, prefix);
    case 'integer':
    case 'number':
      return 'number';
    case 'string':
    case 'boolean':
    case 'null':
      return schema.type;
    default:
      throw new Error(`no type for ${JSON.stringify(schema)}`);
  }
}

function objectType({ properties = {}, required = [], patternProperties, additionalProperties }, prefix) {
  const [pattern] = Object.values(patternProperties ?? {});
  if (pattern) return `Record<string, ${typeOf(pattern, prefix)}>`;
  const names = Object.keys(properties);
  if (names.length === 0) return `Record<string, ${additionalProperties === false ? 'never' : 'unknown'}>`;
  const members = names.map((name) => {
    const { description } = properties[name];
    const text = description ? `/** ${description} */\n` : '';
    return `${text}${name}${required.includes(name) ? '' : '?'}: ${typeOf(properties[name], prefix)};`;
  });
  return `{\n${members.join('\n')}\n}`;
}

function camel(name) {
  return name.replaceAll(/_(\w)/g, (_, letter) => letter.toUpperCase());
}
