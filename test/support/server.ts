/** The server as it runs, on loopback with a data folder of its own, and a client that sends what it is told. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publishedDocument } from '../../src/api/openapi/published.js';
import { CONSOLE_ADDRESSES, CONSOLE_ASSETS } from '../../src/api/routes/console.js';
import { type Config, readConfig } from '../../src/config.js';
import { type ServerParts, startServer } from '../../src/server.js';
import { Documented } from './documented.js';
import { dropStore, prepareStore } from './store.js';
import { textOf } from './stream.js';

export const ADMIN_PASSWORD = 'door-keeper-7';

const documented = new Documented(publishedDocument());
/** The console is for browsers, and in no document. */
const CONSOLE = [...CONSOLE_ADDRESSES, CONSOLE_ASSETS].map(
  (url) => new RegExp(`^${url.replaceAll(/:\w+/g, '[^/]+')}$`),
);

export interface Answer {
  status: number;
  headers: http.IncomingHttpHeaders;
  text: string;
  /** The parsed body; undefined when it is not JSON. */
  json: unknown;
}

export interface CallOptions {
  headers?: http.OutgoingHttpHeaders;
  /** An object is sent as JSON; without a body no `Content-Type` is sent either. */
  body?: unknown;
}

export interface TestServer {
  url: string;
  config: Config;
  /**
   * The path goes over the wire as it is. Fails when the OpenAPI document has no such answer, but for the pages
   * of the console.
   */
  call(method: string, path: string, options?: CallOptions): Promise<Answer>;
  /** As the administrator. */
  admin(method: string, path: string, body?: unknown): Promise<Answer>;
  /** Makes an account and returns its `Authorization`. */
  account(username: string, accountType: 'admin' | 'user'): Promise<string>;
  stop(): Promise<void>;
}

export interface TestServerOptions extends ServerParts {
  env?: Record<string, string>;
}

export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const ownDir = mkdtempSync(join(tmpdir(), 'latchhook-'));
  // One that is given outlives the server.
  const dataDir = options.env?.['LATCHHOOK_DATA_DIR'] ?? ownDir;
  const env = {
    LATCHHOOK_PORT: '0',
    LATCHHOOK_DATA_DIR: dataDir,
    LATCHHOOK_ADMIN_PASSWORD: ADMIN_PASSWORD,
    LATCHHOOK_EGRESS_ALLOW: '127.0.0.0/8,::1/128',
    LATCHHOOK_LOG_LEVEL: 'silent',
    ...(await prepareStore(dataDir)),
    ...options.env,
  };
  const config = readConfig(env, {}, dataDir);
  const { clock } = options;
  const server = await startServer(config, {
    ...options,
    ...(clock ? { postgres: { clock } } : {}),
  });
  const call = (method: string, path: string, rest: CallOptions = {}) =>
    callServer(server.url, method, path, rest);
  const adminHeaders = { authorization: basic('admin', ADMIN_PASSWORD) };
  return {
    url: server.url,
    config,
    call,
    admin: (method, path, body) => call(method, path, { headers: adminHeaders, body }),
    async account(username, accountType) {
      const body = { username, password: ADMIN_PASSWORD, account_type: accountType };
      const made = await call('POST', '/api/v1/users', { headers: adminHeaders, body });
      if (made.status !== 200) throw new Error(`no account: ${made.text}`);
      return basic(username, ADMIN_PASSWORD);
    },
    async stop() {
      await server.stop();
      await dropStore(ownDir);
      rmSync(ownDir, { recursive: true, force: true });
    },
  };
}

async function callServer(
  url: string,
  method: string,
  path: string,
  { headers = {}, body }: CallOptions,
): Promise<Answer> {
  const bytes = body === undefined || body instanceof Uint8Array ? body : Buffer.from(jsonText(body));
  const { hostname, port } = new URL(url);
  const length = bytes === undefined ? {} : { 'content-length': bytes.byteLength };
  const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
    http
      .request({ hostname, port, method, path, agent: false, headers: { ...length, ...headers } }, resolve)
      .on('error', reject)
      .end(bytes);
  });
  const answer = await textOf(response);
  const status = response.statusCode ?? 0;
  const contentType = response.headers['content-type'];
  const isPage = CONSOLE.some((page) => page.test(path));
  const fault = isPage ? null : documented.fault(method, path, { status, contentType, text: answer });
  if (fault !== null) throw new Error(fault);
  return { status, headers: response.headers, text: answer, json: parse(answer) };
}

function jsonText(body: unknown): string {
  return typeof body === 'string' ? body : JSON.stringify(body);
}

function parse(answer: string): unknown {
  try {
    return JSON.parse(answer);
  } catch {
    return undefined;
  }
}

export function basic(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

export function md5(plain: string): string {
  return createHash('md5').update(plain).digest('hex');
}
