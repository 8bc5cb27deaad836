import { afterEach, expect, test } from 'vitest';
import { NOT_DURABLE, type PostgresServer, startPostgres } from '../../local-postgres/server.js';
import { endProcesses } from '../support/process.js';
import { rounds } from '../support/rounds.js';
import { NodesSite } from './nodes.js';

const ROUNDS = rounds(3, 1);
const EVENTS = rounds(3_000, 150);

let server: PostgresServer | null = null;
let site: NodesSite | null = null;

afterEach(async () => {
  await site?.close();
  await endProcesses();
  await server?.remove();
  site = null;
  server = null;
});

test(`of three nodes under load one is killed with kill -9: all that was answered 202 is delivered, in order where asked (${ROUNDS} rounds)`, async () => {
  server = await startPostgres({ settings: NOT_DURABLE });
  site = await NodesSite.open(server);
  site.startLoad();

  for (let round = 0; round < ROUNDS; round++) {
    await site.takesIn(EVENTS);
    const victim = site.nodes[round % 3];
    victim?.process.kill('SIGKILL');
    await victim?.process.exited;
    await site.takesIn(EVENTS);
    await site.addNode(round % 3);
  }
  await site.takesIn(EVENTS);
  await site.stopLoad();
  await site.settles();

  console.log(`kill -9 of nodes: ${site.summary()}`);
  expect(await site.faults(ROUNDS)).toEqual([]);
});
