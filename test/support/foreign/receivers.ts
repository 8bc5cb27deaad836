/** Web servers as receivers, with the configuration that they have by default as to connections. */
import { userInfo } from 'node:os';
import { folderWith } from './folder.js';
import { program } from './programs.js';
import { freePort, running } from './running.js';

/** Starts one and returns the URL of its webhook. */
export type StartReceiver = () => Promise<string>;

const WSGI = `
def app(environ, start_response):
    environ['wsgi.input'].read(int(environ['CONTENT_LENGTH']))
    start_response('200 OK', [('Content-Type', 'text/plain'), ('Content-Length', '2')])
    return [b'ok']

application = app
`;

const PHP = `<?php
file_get_contents('php://input');
echo 'ok';
`;

async function uwsgi(): Promise<string> {
  const [folder, port] = [await folderWith({ 'app.py': WSGI }), await freePort()];
  program('uwsgi_python3');
  const args = ['--plugin', 'python3', '--http-socket', `127.0.0.1:${port}`, '--wsgi-file', 'app.py'];
  // It takes SIGTERM for a reload otherwise.
  await running('uwsgi', { args: [...args, '--die-on-term'], port, folder });
  return hook(port);
}

const gunicorn = (worker: string) => async (): Promise<string> => {
  const [folder, port] = [await folderWith({ 'app.py': WSGI }), await freePort()];
  const args = ['--bind', `127.0.0.1:${port}`, '--worker-class', worker, 'app:app'];
  await running('gunicorn', { args, port, folder });
  return hook(port);
};

async function php(): Promise<string> {
  const [folder, port] = [await folderWith({ 'hook.php': PHP }), await freePort()];
  await running('php', { args: ['-S', `127.0.0.1:${port}`, 'hook.php'], port, folder });
  return hook(port);
}

async function apache(): Promise<string> {
  const port = await freePort();
  const folder = await folderWith({ 'apache.conf': apacheConfig(port, ['alias'], 'Redirect 204 /hook') });
  await running('apache2', { args: ['-d', folder, '-f', 'apache.conf', '-DFOREGROUND'], port, folder });
  return hook(port);
}

async function nginx(): Promise<string> {
  const port = await freePort();
  const site = `server { listen 127.0.0.1:${port}; location /hook { return 200 ok; } }`;
  const folder = await folderWith({ 'nginx.conf': nginxConfig(site) });
  await running('nginx', { args: nginxArgs(folder), port, folder });
  return hook(port);
}

export const RECEIVERS: Record<string, StartReceiver> = {
  uWSGI: uwsgi,
  gunicorn: gunicorn('sync'),
  'gunicorn with threads': gunicorn('gthread'),
  "PHP's own server": php,
  Apache: apache,
  nginx,
};

/** Nothing but where files lie and what is loaded. */
export function apacheConfig(port: number, modules: string[], site: string): string {
  const loaded = ['mpm_event', 'authz_core', ...modules];
  return [
    ...loaded.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`),
    `Listen 127.0.0.1:${port}`,
    'ServerName localhost',
    'PidFile apache.pid',
    'ErrorLog error.log',
    ...(userInfo().uid === 0 ? ['User www-data', 'Group www-data'] : []),
    site,
    '',
  ].join('\n');
}

export function nginxConfig(sites: string): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${name};`,
  );
  const user = userInfo().uid === 0 ? 'user www-data;' : '';
  return `daemon off; pid nginx.pid; ${user} events {}\nhttp { access_log off; ${temporary.join(' ')}\n${sites}\n}\n`;
}

export const nginxArgs = (folder: string) => ['-p', folder, '-c', 'nginx.conf', '-e', 'stderr'];

const hook = (port: number) => `http://127.0.0.1:${port}/hook`;
