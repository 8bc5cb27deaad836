/** A receiver that moves to another address while its name stays. */
import { expect, test } from 'vitest';
import { EVENT_TYPES } from '../../src/domain/event-types.js';
import { folderWith } from '../support/foreign/folder.js';
import { movableNames } from '../support/foreign/names.js';
import { lastAnswer } from '../support/foreign/outcomes.js';
import { nginxArgs, nginxConfig } from '../support/foreign/receivers.js';
import { freePort, running } from '../support/foreign/running.js';
import { latchhook } from '../support/foreign/server.js';
import { until } from '../support/until.js';

const [EVENT_TYPE = ''] = EVENT_TYPES;

test('under steady traffic an nginx that moves to another address gets the events there', async () => {
  // given two addresses, of which the old one goes on answering, and a name
  const port = await freePort();
  const at = (address: string) =>
    `server { listen ${address}:${port}; location / { return 200 ${address}; } }`;
  const folder = await folderWith({ 'nginx.conf': nginxConfig(`${at('127.0.0.1')}\n${at('127.0.0.2')}`) });
  await running('nginx', { args: nginxArgs(folder), port, folder });
  const names = await movableNames('127.0.0.1 moving.test');
  const { client } = await latchhook({ through: names.through });
  const uid = await client.createWebhook(`http://moving.test:${port}/`, [EVENT_TYPE]);
  /** Where the next event arrived. */
  async function arrived(): Promise<string | null> {
    const { body } = await client.post({ event_type: EVENT_TYPE });
    const { status, body: address } = await lastAnswer(client, body.items[0]?.event_id ?? 0, uid);
    expect(status).toBe('delivered');
    return address;
  }
  expect(await arrived()).toBe('127.0.0.1');

  // when the name moves, and events never cease
  await names.move('127.0.0.2 moving.test');

  // then they come to the new address before long, and stay there
  await until(arrived, (address) => address === '127.0.0.2');
  for (let n = 0; n < 20; n++) expect(await arrived()).toBe('127.0.0.2');
});
