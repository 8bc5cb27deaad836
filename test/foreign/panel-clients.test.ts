import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { program } from '../support/foreign/programs.js';
import { latchhook } from '../support/foreign/server.js';
import { ADMIN_PASSWORD } from '../support/process.js';

const run = promisify(execFile);
const EVENT_TYPE = 'log.access_granted_by_valid_identifier';
const MODEL = { number: '3090069', owner: 'Łukasz', lock: 0 };

test.each([
  ['Python', 'python3', 'test/foreign/clients/panel.py'],
  ['PHP', 'php', 'test/foreign/clients/panel.php'],
])(
  'a client in %s that was written for a panel logs in, keeps webhooks, and polls and clears the log',
  async (language, name, script) => {
    const { client, url } = await latchhook();
    await client.post([
      { event_type: EVENT_TYPE, data: MODEL },
      { event_type: 'log.door_was_opened', data: { lock: 1 } },
    ]);

    const { stdout } = await run(program(name), [script, url, 'admin', ADMIN_PASSWORD]);

    const logIn = [401, { error: 'Log In' }];
    const address = `http://127.0.0.1:9/from-${language.toLowerCase()}`;
    const seen = JSON.parse(stdout);
    const uid = seen.created[1];
    expect(seen).toEqual({
      before: logIn,
      wrong: [400, { error: 'Wrong login or password' }],
      login: [200, 64, 'admin'],
      created: [200, expect.any(Number)],
      refused: [400, { error: 'Max retries must be between 1 and 5' }],
      listed: [[uid, address]],
      total: 1,
      changed: [200, expect.anything()],
      entity: expect.objectContaining({
        item_uid: uid,
        url: address,
        status: 'disabled',
        event_types: [EVENT_TYPE],
        max_retries: 3,
        secret: '0123456789abcdef',
        timeout: 5000,
        headers: '{"X-Door":"1"}',
        description: `changed by ${language}`,
      }),
      deleted: [200, expect.anything()],
      gone: [400, { error: 'Wrong webhook uid' }],
      log: [
        ['access_granted_by_valid_identifier', MODEL, 'int'],
        ['door_was_opened', { lock: 1 }, 'int'],
      ],
      cleared: [200, expect.anything()],
      log_after: [],
      logout: [200, expect.anything()],
      after: logIn,
    });
  },
);
