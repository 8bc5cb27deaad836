import { afterEach, expect, test } from 'vitest';
import { EVENT_TYPES } from '../../src/domain/event-types.js';
import { ADMIN_PASSWORD, endProcesses, spawnProcess, startProcess } from '../support/process.js';
import { rounds } from '../support/rounds.js';
import { seeded } from '../support/seeded.js';
import { basic } from '../support/server.js';
import { Client } from './client.js';
import { Load } from './load.js';
import { type DataFolder, dataFolder } from './site.js';

/** Each fails to log in twice, and ten failures would close the door. */
const ROUNDS = rounds(4, 1);
const TYPE = EVENT_TYPES[0] ?? '';

let folder: DataFolder | null = null;
afterEach(async () => {
  await endProcesses();
  await folder?.remove();
});

test(`a password set beside a busy server counts at once, and ends all log-ins (${ROUNDS} rounds)`, async () => {
  folder = await dataFolder();
  const dataDir = folder.path;
  const server = await startProcess({ dataDir });
  let password = ADMIN_PASSWORD;

  for (let round = 0; round < ROUNDS; round++) {
    const client = await Client.logIn(server.url, password);
    const remembered = new Client(server.url, basic('admin', password));
    expect((await remembered.call('GET', '/api/v1/webhooks')).status).toBe(200);
    const load = new Load({ client, random: seeded(), eventTypes: [TYPE], clients: 4, largestBatch: 50 });
    await load.accepted(20);

    const before = password;
    password = `the password of round ${round}`;
    const passwd = spawnProcess({ dataDir, args: ['user', 'passwd', 'admin'] });
    passwd.stdin.end(`${password}\n`);
    expect((await passwd.exited).code).toBe(0);
    expect(passwd.stderr).toEqual(['The password of admin is set; its log-ins have ended.']);

    const logIn = (given: string) =>
      new Client(server.url, '').call('POST', '/api/v1/login', { username: 'admin', password: given });
    expect(await logIn(before)).toMatchObject({ status: 400, body: { error: 'Wrong login or password' } });
    expect(await client.call('GET', '/api/v1/webhooks')).toMatchObject({
      status: 401,
      body: { error: 'Log In' },
    });
    expect((await remembered.call('GET', '/api/v1/webhooks')).status).toBe(401);
    expect((await logIn(password)).status).toBe(200);
    const now = new Client(server.url, basic('admin', password));
    expect((await now.call('GET', '/api/v1/webhooks')).status).toBe(200);

    await load.stop();
    // Those that wrote with the old log-in were told, and nothing else went wrong.
    expect(load.posted.filter(({ outcome }) => outcome === 'lost')).toEqual([]);
  }
});
