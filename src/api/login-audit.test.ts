import { expect, test } from 'vitest';
import { createLog } from '../log.js';
import { dataDirectory } from '../store/sqlite/sqlite.conformance.js';
import { LoginAudit } from './login-audit.js';

const SECOND = 1000;
const HOUR = 3600 * SECOND;
const FILTER = { action: 'login.failed', actorKind: null, from: null, to: null } as const;

test('a flood of failed log-ins makes a hundred entries, then a hundred an hour, and is counted in full', async () => {
  const data = dataDirectory();
  const store = await data.open();
  const audit = new LoginAudit(store.audit, data.clock, createLog('silent'));
  const entries = async () => {
    const { rows } = await store.audit.list({ filter: FILTER, limit: 10_000, offset: 0, asc: true });
    return rows.map(({ actor, entry }) => ({
      name: actor.name,
      address: actor.address,
      attempts: Number(entry.after?.['attempts']),
    }));
  };
  const attempts = async () => (await entries()).reduce((sum, one) => sum + one.attempts, 0);

  for (let n = 0; n < 5_000; n++) audit.failed('192.0.2.1', `name-${n}`);
  data.clock.advance(SECOND);
  expect((await entries()).map(({ name }) => name)).toEqual(
    Array.from({ length: 100 }, (_, n) => `name-${n}`),
  );

  for (let hour = 0; hour < 3; hour++) data.clock.advance(HOUR);
  expect((await entries()).length).toBeGreaterThan(350);
  expect((await entries()).length).toBeLessThanOrEqual(401);

  await audit.close();
  expect(await attempts()).toBe(5_000);
  expect((await entries()).length).toBeLessThanOrEqual(402);
  expect((await entries()).at(-1)).toMatchObject({ name: '', address: null });
  await store.close();
  data.remove();
});

test('names of any length and of any bytes are entered as 64 characters that every database keeps', async () => {
  const data = dataDirectory();
  const store = await data.open();
  const audit = new LoginAudit(store.audit, data.clock, createLog('silent'));

  audit.failed('192.0.2.1', `\0${'🚪'.repeat(500)}`);
  audit.failed('192.0.2.1', 'half \ud83d');
  await audit.close();

  const { rows } = await store.audit.list({ filter: FILTER, limit: 10, offset: 0, asc: true });
  expect(rows.map(({ actor }) => actor.name)).toEqual([`\ufffd${'🚪'.repeat(63)}`, 'half \ufffd']);
  await store.close();
  data.remove();
});

test('what could not be written stays, and is written when the store works again', async () => {
  const data = dataDirectory();
  let store = await data.open();
  const closed = store;
  await closed.close();
  const audit = new LoginAudit(
    { record: (records) => store.audit.record(records), list: (request) => store.audit.list(request) },
    data.clock,
    createLog('silent'),
  );
  audit.failed('192.0.2.1', 'admin');
  data.clock.advance(SECOND);
  await new Promise((resolve) => setImmediate(resolve));

  store = await data.open();
  audit.failed('192.0.2.1', 'admin');
  await audit.close();

  const { rows } = await store.audit.list({ filter: FILTER, limit: 10, offset: 0, asc: true });
  expect(rows).toMatchObject([{ actor: { name: 'admin' }, entry: { after: { attempts: 2 } } }]);
  await store.close();
  data.remove();
});
