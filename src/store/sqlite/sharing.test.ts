import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { rounds } from '../../../test/support/rounds.js';
import { ANNA, createWebhook, ROOMY } from '../conformance/harness.conformance.js';
import { DataDirectoryInUse } from './lock.js';
import { type OtherProcess, startProcess } from './other-process.conformance.js';
import { type DataDirectory, dataDirectory } from './sqlite.conformance.js';

const SERVING = './serving-process.conformance.ts';

describe('a data directory', () => {
  let data: DataDirectory;
  const processes: OtherProcess[] = [];

  const serve = async () => {
    const other = startProcess(SERVING, [data.directory]);
    processes.push(other);
    expect(await other.line()).toBe('serving');
    return other;
  };

  beforeEach(() => {
    data = dataDirectory();
  });
  afterEach(async () => {
    for (const other of processes.splice(0)) await other.kill();
    data.remove();
  });

  test('is served by one server at a time, and the second one names it', async () => {
    const store = await data.open();

    const second = data.open();

    await expect(second).rejects.toBeInstanceOf(DataDirectoryInUse);
    await expect(second).rejects.toThrow(
      `another Latchhook server is running on the data directory ${data.directory}`,
    );
    await store.close();
    await (await data.open()).close();
  });

  test('is free at once when its server was killed, and not before', async () => {
    const other = await serve();
    await expect(data.open()).rejects.toBeInstanceOf(DataDirectoryInUse);

    await other.kill();

    await (await data.open()).close();
  });

  test('lets a tool work beside a server, which sees at once what it wrote', async () => {
    const server = await data.open();
    const spec = { username: 'admin', accountType: 'admin', passwordHash: 'old' } as const;
    const user = await server.people.createUser(spec, ANNA);
    if (!user) throw new Error('there is an admin already');
    await server.people.createToken({ hash: 'ab', user, livesMs: 1000, login: null });

    const tool = await data.open({ engine: false });
    const change = { username: null, accountType: null, passwordHash: 'new' };
    expect(await tool.people.changeUser(user.uid, change, ANNA)).toMatchObject({ kind: 'written' });
    await tool.close();

    expect((await server.people.userByName('admin'))?.passwordHash).toBe('new');
    expect(await server.people.userByToken('ab')).toBeNull();
    await server.close();
  });

  test('gives deliveries to its server alone: a tool opens no session', async () => {
    const tool = await data.open({ engine: false });

    await expect(tool.deliveries.openSession(ROOMY)).rejects.toThrow('beside a server');

    await tool.close();
  });

  test('keeps every promise of a server that is killed at any instant', async () => {
    const setUp = await data.open();
    await createWebhook(setUp);
    await setUp.close();
    const events = new Set<number>();
    const delivered = new Map<number, number>();
    const note = (line: string) => {
      const [what, first, second] = line.split(' ');
      if (what === 'event') events.add(Number(first));
      // A line that was cut off by the kill promises nothing.
      if (what === 'delivered' && second) delivered.set(Number(first), Number(second));
    };

    for (let round = 0; round < rounds(30, 2); round++) {
      const other = await serve();
      for (let lines = 0; lines < 40 + 37 * round; lines++) note(await other.line());
      const rest = await other.kill();
      rest.pop();
      for (const line of rest) note(line);
    }

    const store = await data.open();
    const session = await store.deliveries.openSession({ perLane: 1_000_000, bytes: 2 ** 30 });
    const owed = new Set<number>();
    for (const { webhookUid } of await store.deliveries.backlog(session)) {
      for (let more = true; more; ) {
        const claimed = await store.deliveries.claim({ session, webhookUid, limit: 1_000_000 });
        for (const { uid } of claimed.deliveries) owed.add(uid);
        more = claimed.more;
      }
    }
    for (const eventId of events) {
      const stored = await store.listings.event(eventId);
      expect(stored?.deliveries).toHaveLength(1);
      for (const { uid, state, attemptLog } of stored?.deliveries ?? []) {
        expect([uid, state, attemptLog.length, owed.has(uid)]).toEqual(
          state === 'delivered' ? [uid, 'delivered', 1, false] : [uid, 'pending', 0, true],
        );
      }
    }
    expect([...delivered.keys()].filter((uid) => owed.has(uid))).toEqual([]);
    const totals = await store.listings.totals();
    expect(totals.pending).toBe(owed.size);
    expect(totals.delivered).toBeGreaterThanOrEqual(delivered.size);
    await store.close();
  });
});
