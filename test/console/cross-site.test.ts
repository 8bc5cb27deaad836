import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { useBrowser } from '../support/browser.js';
import { ADMIN_PASSWORD, startTestServer, type TestServer } from '../support/server.js';

/** An address of this machine that a browser does not take for a safe place, as one in a LAN; null: it has none. */
const ADDRESS = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .find(({ internal, family }) => !internal && family === 'IPv4')?.address;

let server: TestServer;
let evil: http.Server;
let evilUrl: string;
let page = '';
beforeAll(async () => {
  server = await startTestServer({ env: { LATCHHOOK_HOST: '0.0.0.0' } });
  evil = http.createServer((_request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(page);
  });
  await new Promise<void>((resolve) => evil.listen(0, '127.0.0.1', resolve));
  evilUrl = `http://localhost:${(evil.address() as AddressInfo).port}/`;
});
afterAll(async () => {
  evil.close();
  await server.stop();
});
const browser = useBrowser();

const images = (origin: string) =>
  Array.from(
    { length: 11 },
    (_, n) => `<img src="${origin}/api/v1/login?username=admin&password=${n}">`,
  ).join('');

const posts = (origin: string) => `<script>
  for (let n = 0; n < 11; n++) fetch('${origin}/api/v1/login', {
    method: 'POST', mode: 'no-cors', body: JSON.stringify({ username: 'admin', password: 'wrong-' + n }),
  }).catch(() => {});
</script>`;

/** By the ways in which it would be called. */
const origins = () => {
  const { port } = new URL(server.url);
  return ['127.0.0.1', ...(ADDRESS ? [ADDRESS] : [])].map((host) => `http://${host}:${port}`);
};

test('a page of another site that makes a browser guess keeps its reader out of nothing', async () => {
  for (const origin of origins()) {
    for (const attack of [images(origin), posts(origin)]) {
      page = attack;
      const { page: shown, allow } = await browser.visit(evilUrl, { as: null });
      allow(/Failed to load resource|blocked|ERR_/);
      await shown.waitForLoadState('networkidle');

      const answer = await fetch(`${origin}/api/v1/login`, {
        method: 'POST',
        body: JSON.stringify({ username: 'admin', password: ADMIN_PASSWORD }),
      });
      expect(answer.status).toBe(200);
    }
    // The reader, in the same browser, on our own page.
    await browser.visit(origin);
  }
});
