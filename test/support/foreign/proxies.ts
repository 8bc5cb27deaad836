/** Reverse proxies in front of a server on loopback, with no more configuration than their manuals give. */
import { readFileSync } from 'node:fs';
import { folderWith } from './folder.js';
import { apacheConfig, nginxArgs, nginxConfig } from './receivers.js';
import { freePort, running } from './running.js';

/** Starts one in front of the server at this port and returns the proxy's own port. */
export type StartProxy = (upstream: number) => Promise<number>;

async function nginx(upstream: number): Promise<number> {
  const port = await freePort();
  const site = `server { listen 127.0.0.1:${port}; location / {
    proxy_pass http://127.0.0.1:${upstream};
    proxy_set_header Host $http_host;
    proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for; } }`;
  const folder = await folderWith({ 'nginx.conf': nginxConfig(site) });
  await running('nginx', { args: nginxArgs(folder), port, folder });
  return port;
}

async function apache(upstream: number): Promise<number> {
  const port = await freePort();
  const site = `ProxyPass / http://127.0.0.1:${upstream}/`;
  const folder = await folderWith({ 'apache.conf': apacheConfig(port, ['proxy', 'proxy_http'], site) });
  await running('apache2', { args: ['-d', folder, '-f', 'apache.conf', '-DFOREGROUND'], port, folder });
  return port;
}

async function caddy(upstream: number): Promise<number> {
  const port = await freePort();
  const site = `http://127.0.0.1:${port} {\n  reverse_proxy 127.0.0.1:${upstream}\n}\n`;
  const folder = await folderWith({ Caddyfile: `{\n  admin off\n}\n${site}` });
  const args = ['run', '--config', 'Caddyfile', '--adapter', 'caddyfile'];
  await running('caddy', { args, port, folder });
  return port;
}

/** `deploy/haproxy.cfg` as it is, but for where it listens and where the nodes are. */
export async function haproxy(upstream: number, source = '127.0.0.1'): Promise<number> {
  const port = await freePort();
  let nodes = 0;
  const config = readFileSync('deploy/haproxy.cfg', 'utf8')
    .replace(/^( *bind ):8480$/m, `$1127.0.0.1:${port}`)
    .replace(/^( *server )node\d node\d:8480\n/gm, (_, indented) =>
      nodes++ === 0 ? `${indented}node1 127.0.0.1:${upstream} source ${source}\n` : '',
    );
  if (nodes !== 3 || config.includes(':8480')) throw new Error(`another deploy/haproxy.cfg:\n${config}`);
  const folder = await folderWith({ 'haproxy.cfg': config });
  await running('haproxy', { args: ['-f', 'haproxy.cfg', '-db'], port, folder });
  return port;
}

export const PROXIES: Record<string, StartProxy> = {
  'HAProxy with deploy/haproxy.cfg': (upstream) => haproxy(upstream),
  nginx,
  Apache: apache,
  Caddy: caddy,
};
