/** Answers as foreign programs give them, in headers and in TLS, and what the record says of them. */
import { beforeEach, expect, test } from 'vitest';
import { EVENT_TYPES } from '../../src/domain/event-types.js';
import { type Authority, certificateAuthority } from '../support/foreign/certificates.js';
import { folderWith } from '../support/foreign/folder.js';
import { lastAnswer } from '../support/foreign/outcomes.js';
import { nginxArgs, nginxConfig } from '../support/foreign/receivers.js';
import { freePort, running } from '../support/foreign/running.js';
import { type ForeignServer, latchhook } from '../support/foreign/server.js';

const [EVENT_TYPE = ''] = EVENT_TYPES;

let authority: Authority;
let latch: ForeignServer;
beforeEach(async () => {
  authority = await certificateAuthority();
  authority.issue('address', 'IP:127.0.0.1');
  latch = await latchhook({
    env: { NODE_EXTRA_CA_CERTS: authority.certificate, LATCHHOOK_RETRY_BASE_MS: '200' },
  });
});

/** What became of an event for the receiver at this URL. */
async function reported(url: string) {
  const uid = await latch.client.createWebhook(url, [EVENT_TYPE], { max_retries: 1 });
  const { body } = await latch.client.post({ event_type: EVENT_TYPE });
  return lastAnswer(latch.client, body.items[0]?.event_id ?? 0, uid);
}

/** Python's own server, with what a script says of the answer's headers. */
async function python(headers: string): Promise<string> {
  const port = await freePort();
  const script = `
import http.server
class Hook(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'
    def do_GET(self): self.send_response(204); self.end_headers()
    def do_POST(self):
        self.rfile.read(int(self.headers['Content-Length']))
        self.send_response(200)
${headers.replace(/^/gm, '        ')}
        self.end_headers()
        self.wfile.write(b'ok')
http.server.ThreadingHTTPServer(('127.0.0.1', ${port}), Hook).serve_forever()
`;
  const folder = await folderWith({ 'hook.py': script });
  await running('python3', { args: ['hook.py'], port, folder });
  return `http://127.0.0.1:${port}/hook`;
}

test.each([
  [
    'a length and chunks',
    "self.send_header('Content-Length', '2'); self.send_header('Transfer-Encoding', 'chunked')",
    'Content-Length and Transfer-Encoding came together',
  ],
  [
    'a length twice',
    "self.send_header('Content-Length', '2'); self.send_header('content-length', '2')",
    'Content-Length came twice',
  ],
  [
    'a name that is none',
    "self.send_header('Content-Length', '2'); self.send_header('X Office', 'west')",
    'the name of a header has a character that no name may have',
  ],
  [
    '200 KB of headers',
    "for n in range(200): self.send_header('X-Debug-%d' % n, 'd' * 1000)",
    'headers of more than 64 KiB',
  ],
  [
    '40 KB of headers, all of them well',
    "self.send_header('Content-Length', '2')\nfor n in range(40): self.send_header('X-Debug-%d' % n, 'd' * 1000)",
    null,
  ],
])("an answer 200 of Python's server with %s is delivered", async (_name, headers, note) => {
  expect(await reported(await python(headers))).toMatchObject({ status: 'delivered', error: null, note });
});

test('an answer of nginx that has its length twice is delivered, and shown', async () => {
  const port = await freePort();
  const site = `server { listen 127.0.0.1:${port}; location / { add_header Content-Length 2; return 200 ok; } }`;
  const folder = await folderWith({ 'nginx.conf': nginxConfig(site) });
  await running('nginx', { args: nginxArgs(folder), port, folder });

  expect(await reported(`http://127.0.0.1:${port}/`)).toEqual({
    status: 'delivered',
    error: null,
    note: 'Content-Length came twice',
    body: 'ok',
  });
});

async function openssl(...args: string[]): Promise<string> {
  const port = await freePort();
  const files = ['-cert', 'address.pem', '-key', 'address.key'];
  const listening = ['s_server', '-accept', `127.0.0.1:${port}`, ...files, '-quiet', ...args];
  await running('openssl', { args: listening, port, folder: authority.folder });
  return `https://127.0.0.1:${port}/`;
}

test.each([
  [
    'TLS 1.1 at most',
    ['-tls1_1', '-cipher', 'DEFAULT:@SECLEVEL=0'],
    /^the receiver's TLS is older than 1\.2 \(ERR_SSL_\w+\)$/,
  ],
  [
    'HTTP/2 alone',
    ['-alpn', 'h2'],
    /^the receiver refuses HTTP\/1\.1: it may speak HTTP\/2 alone \(ERR_SSL_\w+\)$/,
  ],
  [
    'a client certificate',
    ['-Verify', '1', '-tls1_3'],
    /^the receiver wants a client certificate \(ERR_SSL_\w+\)$/,
  ],
  [
    'a client certificate over TLS 1.2',
    ['-Verify', '1', '-tls1_2'],
    /^the receiver refused the handshake: no cipher in common, or it wants a client certificate \(ERR_SSL_\w+\)$/,
  ],
])('of a server of OpenSSL that wants %s the record says so', async (_name, args, message) => {
  const { status, error } = await reported(await openssl(...args));
  expect({ status, error }).toEqual({ status: 'failed', error: expect.stringMatching(message) });
});

test('of nginx without TLS, asked by https, the record says so; and of nginx with TLS, asked by http', async () => {
  const [plain, secure] = [await freePort(), await freePort()];
  const files = `${authority.folder}/address`;
  const sites = [
    `server { listen 127.0.0.1:${plain}; location / { return 200 ok; } }`,
    `server { listen 127.0.0.1:${secure} ssl; ssl_certificate ${files}.pem; ssl_certificate_key ${files}.key; }`,
  ];
  const folder = await folderWith({ 'nginx.conf': nginxConfig(sites.join('\n')) });
  await running('nginx', { args: nginxArgs(folder), port: plain, folder });

  expect((await reported(`https://127.0.0.1:${plain}/`)).error).toMatch(
    /^no TLS is spoken on that port \(ERR_SSL_\w+\)$/,
  );
  // nginx answers in HTTP then.
  expect((await reported(`http://127.0.0.1:${secure}/`)).error).toBe('HTTP 400');
});

test('HAProxy that wants a client certificate is a failure that says so', async () => {
  const port = await freePort();
  const config = `
defaults
  mode http
  timeout connect 5s
  timeout client 30s
  timeout server 30s
frontend hooks
  bind 127.0.0.1:${port} ssl crt ${authority.folder}/both.pem ca-file ${authority.certificate} verify required
  http-request return status 200
`;
  const folder = await folderWith({ 'haproxy.cfg': config });
  authority.bundle('address', 'both');
  await running('haproxy', { args: ['-db', '-f', 'haproxy.cfg'], port, folder });

  expect((await reported(`https://127.0.0.1:${port}/`)).error).toMatch(
    /^the receiver wants a client certificate \(ERR_SSL_\w+\)$/,
  );
});
