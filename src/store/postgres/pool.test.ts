import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { afterwards } from '../../../test/support/closers.js';
import { createDatabase } from '../../../test/support/postgres.js';
import { Pool } from './pool.js';
import { Server } from './server.js';

const WAIT_MS = 200;

/** The way to the database; while it is shut, connections are taken and lead nowhere yet. */
async function aGate(url: string) {
  const { hostname, port } = new URL(url);
  const held: Socket[] = [];
  const sockets = new Set<Socket>();
  const passed: (() => void)[] = [];
  let shut = false;
  const pass = (socket: Socket) => {
    const onward = connect(Number(port), hostname);
    sockets.add(onward);
    socket.pipe(onward).pipe(socket);
    onward.on('error', () => socket.destroy());
    onward.on('close', () => socket.destroy());
    socket.on('close', () => onward.destroy());
  };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    if (!shut) return pass(socket);
    held.push(socket);
    for (const arrived of passed.splice(0)) arrived();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  afterwards(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const through = new URL(url);
  through.port = String((server.address() as AddressInfo).port);
  return {
    url: through.href,
    shut: () => {
      shut = true;
    },
    cut: () => {
      for (const socket of sockets) socket.destroy();
    },
    arrival: () => new Promise<void>((resolve) => passed.push(resolve)),
    open: () => {
      shut = false;
      for (const socket of held.splice(0)) pass(socket);
    },
  };
}

function turn(): [Promise<void>, () => void] {
  let take: () => void = () => {};
  const taken = new Promise<void>((resolve) => {
    take = resolve;
  });
  return [taken, take];
}

test('who waits for a connection that takes long to open neither loses it nor puts out another', async () => {
  const database = await createDatabase();
  afterwards(() => database.drop());
  const gate = await aGate(database.url);
  const pool = new Pool(new Server(gate.url), 1, WAIT_MS);

  const [begun, begin] = turn();
  const [lost, lose] = turn();
  const first = pool.use(async (line) => {
    await line.run('SELECT 1');
    begin();
    await lost;
    await line.run('SELECT 1');
  });
  await begun;
  const second = pool.use((line) => line.run('SELECT 2'));
  // Its connection is lost, and opening another for the second takes longer than the third waits.
  gate.shut();
  const arrival = gate.arrival();
  gate.cut();
  lose();
  await expect(first).rejects.toThrow();
  await arrival;
  const third = pool
    .use((line) => line.run('SELECT 3'))
    .then(
      () => 'answered',
      (error: Error) => error.message,
    );
  expect(await third).toBe('no connection to the database came free in time');
  gate.open();

  expect(await second).toHaveLength(1);
  await pool.close();
});
