import {
  type MediaType,
  type OpenApiDocument,
  type OpenApiOperation,
  type OpenApiResponse,
  responseOf,
} from './document.js';
import { escapeHtml, inline, preformatted, prose, table } from './html.js';
import { schemaTable, typeOf } from './schema-table.js';
import { STYLE } from './style.js';

interface Call extends OpenApiOperation {
  method: string;
  path: string;
}

/** The document as one HTML page, for people: no script, and nothing from elsewhere. */
export function documentPage(document: OpenApiDocument): string {
  const calls = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, op]): Call => ({ ...op, method, path })),
  );
  const tagged = document.tags.map(({ name }) => ({
    name,
    calls: calls.filter(({ tags }) => tags.includes(name)),
  }));
  const { title, version, description } = document.info;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)} API</title>
<style>${STYLE}</style>
</head>
<body>
<nav>
<strong>${escapeHtml(title)}</strong> <span class="dim">${escapeHtml(version)}</span><br>
<a href="openapi.json">openapi.json</a>
${tagged.map(({ name, calls: own }) => `<h2>${escapeHtml(name)}</h2>\n<ul>\n${own.map(link).join('\n')}\n</ul>`).join('\n')}
</nav>
<main>
<h1>${escapeHtml(title)} API</h1>
${prose(description)}
<p>The examples want two variables:</p>
${preformatted(start(document.servers[0]?.url ?? ''))}
${tagged.map(({ name, calls: own }) => `<h2>${escapeHtml(name)}</h2>\n${own.map((call) => section(call, document)).join('\n')}`).join('\n')}
</main>
</body>
</html>
`;
}

const start = (url: string) => `LATCHHOOK=${url}
TOKEN=$(curl -s $LATCHHOOK/api/v1/login -d '{"username":"admin","password":"…"}' \\
  | node -p 'JSON.parse(fs.readFileSync(0)).token')`;

function link({ operationId, summary, method }: Call): string {
  return `<li><a href="#${operationId}" title="${method.toUpperCase()}">${inline(summary)}</a></li>`;
}

const ACCESS: Readonly<Record<string, string>> = {
  open: 'Anyone may call this.',
  account: 'Any account may call this, and keys with the scope `read`.',
  events: 'Administrators may call this, and keys with the scope `events:write`.',
  administrator: 'Administrators may call this, and keys with the scope `admin`.',
};

function section(call: Call, document: OpenApiDocument): string {
  const { method, path, operationId, summary, description } = call;
  const body = call.requestBody?.content['application/json'];
  const parts = [
    `<h3><a href="#${operationId}">${inline(summary)}</a></h3>`,
    `<p class="path"><code><strong class="${method}">${method.toUpperCase()}</strong> ${escapeHtml(path)}</code></p>`,
    prose(description ?? ''),
    `<p class="dim">${inline(ACCESS[call['x-access']] ?? '')}</p>`,
    titled('Parameters', parameterTable(call, document)),
    body ? titled('Body', schemaTable(body.schema, document)) : '',
    titled('Request', preformatted(curl(call, body))),
    ...answers(call, document),
    `<details><summary>What it can be refused with</summary>${refusals(call, document)}</details>`,
  ];
  return `<section id="${operationId}">\n${parts.filter(Boolean).join('\n')}\n</section>`;
}

function titled(title: string, html: string): string {
  return html === '' ? '' : `<h4>${title}</h4>\n${html}`;
}

function parameterTable({ parameters }: Call, document: OpenApiDocument): string {
  const rows = parameters.map(({ name, in: place, required, schema, description }) => [
    `<code>${escapeHtml(name)}</code>${required ? '' : ' <span class="dim">optional</span>'}`,
    place,
    typeOf(schema, document),
    inline(description),
  ]);
  return table(['name', 'in', 'type', ''], rows);
}

function curl(call: Call, body: MediaType | undefined): string {
  const path = call.path.replaceAll(/\{\w+\}/g, '1');
  const needed = call.parameters
    .filter(({ in: place, required }) => place === 'query' && required)
    .map(({ name }) => `${name}=…`);
  const url = `$LATCHHOOK${path}${needed.length > 0 ? `?${needed.join('&')}` : ''}`;
  const plain = body ? 'post' : 'get';
  return [
    `curl ${call.method === plain ? '' : `-X ${call.method.toUpperCase()} `}"${url}"`,
    ...(call.security.length > 0 ? ['-H "Authorization: Bearer $TOKEN"'] : []),
    ...(body ? [`-d '${JSON.stringify(body.example, null, 2).replaceAll("'", "'\\''")}'`] : []),
  ].join(' \\\n  ');
}

function answers({ responses }: Call, document: OpenApiDocument): string[] {
  return Object.entries(responses)
    .filter(([status]) => Number(status) < 400)
    .map(([status, given]) => [status, responseOf(given, document)] as const)
    .flatMap(([status, { description, content }]) => [
      `<h4>Answer ${status} <span class="dim">${escapeHtml(description)}</span></h4>`,
      ...Object.entries(content ?? {}).flatMap(([type, { schema, example }]) => [
        `<p class="dim">${escapeHtml(type)}</p>`,
        preformatted(typeof example === 'string' ? example : JSON.stringify(example, null, 2)),
        membersIn(schema, document),
      ]),
    ]);
}

function membersIn(schema: unknown, document: OpenApiDocument): string {
  const members = schemaTable(schema, document);
  return members === '' ? '' : `<details><summary>Members</summary>${members}</details>`;
}

function refusals({ responses }: Call, document: OpenApiDocument): string {
  const rows = Object.entries(responses)
    .filter(([status]) => Number(status) >= 400)
    .flatMap(([status, response]) =>
      textsOf(responseOf(response, document)).map((text) => [status, `<code>${escapeHtml(text)}</code>`]),
    );
  return table(['status', '<code>error</code>'], rows);
}

function textsOf({ content }: OpenApiResponse): string[] {
  const examples = Object.values(content?.['application/json']?.examples ?? {});
  return examples.map(({ value }) => (value as { error: string }).error);
}
