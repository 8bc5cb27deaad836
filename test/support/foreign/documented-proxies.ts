/** Reverse proxies as docs/proxies.md says, in front of a server on loopback, which they show under a path. */
import { readFileSync } from 'node:fs';
import { folderWith } from './folder.js';
import type { StartProxy } from './proxies.js';
import { apacheConfig, nginxArgs, nginxConfig } from './receivers.js';
import { freePort, running } from './running.js';

/** The block of the page for this proxy, with the port of the server in it. */
function documented(language: string, upstream: number): string {
  const page = readFileSync('docs/proxies.md', 'utf8');
  const [, block] = new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``).exec(page) ?? [];
  if (block === undefined || !block.includes('127.0.0.1:8480')) throw new Error(`no block for ${language}`);
  return block.replaceAll('127.0.0.1:8480', `127.0.0.1:${upstream}`);
}

/** `from` has to be there: otherwise the page has changed. */
function replaced(text: string, from: string, to: string): string {
  if (!text.includes(from)) throw new Error(`no ${from} in:\n${text}`);
  return text.replace(from, to);
}

async function nginx(upstream: number): Promise<number> {
  const port = await freePort();
  const site = `server { listen 127.0.0.1:${port};\n${documented('nginx', upstream)}}`;
  const folder = await folderWith({ 'nginx.conf': nginxConfig(site) });
  await running('nginx', { args: nginxArgs(folder), port, folder });
  return port;
}

async function apache(upstream: number): Promise<number> {
  const port = await freePort();
  const modules = ['proxy', 'proxy_http', 'headers', 'alias'];
  const folder = await folderWith({
    'apache.conf': apacheConfig(port, modules, documented('apache', upstream)),
  });
  await running('apache2', { args: ['-d', folder, '-f', 'apache.conf', '-DFOREGROUND'], port, folder });
  return port;
}

async function haproxy(upstream: number): Promise<number> {
  const port = await freePort();
  const defaults =
    'defaults\n  mode http\n  timeout connect 3s\n  timeout client 60s\n  timeout server 60s\n\n';
  const site = replaced(documented('haproxy', upstream), 'bind :443', `bind 127.0.0.1:${port}`);
  const folder = await folderWith({ 'haproxy.cfg': defaults + site });
  await running('haproxy', { args: ['-f', 'haproxy.cfg', '-db'], port, folder });
  return port;
}

async function caddy(upstream: number): Promise<number> {
  const port = await freePort();
  const site = replaced(documented('caddy', upstream), 'house.example {', `http://127.0.0.1:${port} {`);
  const folder = await folderWith({ Caddyfile: `{\n  admin off\n}\n${site}` });
  const args = ['run', '--config', 'Caddyfile', '--adapter', 'caddyfile'];
  await running('caddy', { args, port, folder });
  return port;
}

export const DOCUMENTED_PROXIES: Record<string, StartProxy> = {
  nginx,
  Apache: apache,
  HAProxy: haproxy,
  Caddy: caddy,
};
