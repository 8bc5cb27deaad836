/**
 * `npm run bench [-- deliver|ingest|isolation|postgres|pollers|lists|console] [--events N] [--rounds N]`: ratios to a bare yardstick of the
 * same run, since figures of two machines, or of two hours, cannot be compared. Medians of alternating rounds.
 */
import { parseArgs } from 'node:util';
import { benchConsole, type ConsoleResult } from './console.js';
import { benchDeliver, type DeliverResult } from './deliver.js';
import { type Spread, table } from './figures.js';
import { benchIngest, type IngestResult } from './ingest.js';
import { benchIsolation, type IsolationResult } from './isolation.js';
import { benchLists, type ListsResult } from './lists.js';
import { benchPollers, type PollersResult } from './pollers.js';
import { benchPostgres, type PostgresResult } from './postgres.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    events: { type: 'string', default: '30000' },
    /** Default 3, and 5 of isolation. */
    rounds: { type: 'string' },
    /** Of the lists and the console. */
    deliveries: { type: 'string', default: '1000000' },
    /** Of the console. */
    webhooks: { type: 'string', default: '10000' },
    /** Of the lists: an empty PostgreSQL database; default: a SQLite file. */
    url: { type: 'string' },
  },
});
const options = { events: Number(values.events), rounds: Number(values.rounds ?? 3) };
const known = ['deliver', 'ingest', 'isolation', 'postgres', 'pollers', 'lists'];
/** Needs a Chromium. */
const onRequest = 'console';
const wanted = positionals.length === 0 ? known : positionals;
if (
  wanted.some((name) => name !== onRequest && !known.includes(name)) ||
  !(options.events >= 1000) ||
  !(options.rounds >= 1)
) {
  throw new RangeError(
    'usage: npm run bench [-- deliver|ingest|isolation|postgres|pollers|lists|console] [--events 1000…] [--rounds 1…]',
  );
}

process.stderr.write(
  `Measuring ${wanted.join(' and ')}, ${values.rounds ?? '3 (of isolation 5)'} rounds of ${options.events} events…\n`,
);
const deliver = wanted.includes('deliver') ? await benchDeliver(options) : null;
const ingest = wanted.includes('ingest') ? await benchIngest(options) : null;
const isolation = wanted.includes('isolation')
  ? await benchIsolation({ ...options, rounds: Number(values.rounds ?? 5) })
  : null;
const onPostgres = wanted.includes('postgres') ? await benchPostgres(options) : null;
const pollers = wanted.includes('pollers') ? await benchPollers(options) : null;
const lists = wanted.includes('lists')
  ? await benchLists({ deliveries: Number(values.deliveries), url: values.url ?? null })
  : null;
const inConsole = wanted.includes('console')
  ? await benchConsole({ deliveries: Number(values.deliveries), webhooks: Number(values.webhooks) })
  : null;

if (deliver) console.log(`${deliverTable(deliver)}\n`);
if (ingest) console.log(`${ingestTable(ingest)}\n`);
if (isolation) console.log(`${isolationTable(isolation)}\n`);
if (onPostgres) console.log(`${postgresTable(onPostgres)}\n`);
if (pollers) console.log(`${pollersTable(pollers)}\n`);
if (lists) console.log(`${listsTable(lists)}\n`);
if (inConsole) console.log(`${consoleTable(inConsole)}\n`);
console.log(
  JSON.stringify({ deliver, ingest, isolation, postgres: onPostgres, pollers, lists, console: inConsole }),
);

function deliverTable(result: DeliverResult): string {
  return table([
    ['deliver, from a backlog', 'per second', 'p50 ms', 'p99 ms'],
    ['bare undici pool', String(result.barePerSecond), ...both(result.bareLatencyMs)],
    ['Latchhook', String(result.deliveriesPerSecond), '', ''],
    ['ratio', result.ratio.toFixed(2), '', ''],
    [`in → out at ${result.steadyRate} events a second`, '', ...both(result.inToOutMs)],
    ['memory, MB', String(result.memoryMb), '', ''],
  ]);
}

function ingestTable(result: IngestResult): string {
  return table([
    ['ingest, one event a request', 'per second', 'p50 ms', 'p99 ms'],
    ['the route, storing nothing', String(result.barePerSecond), ...both(result.bareLatencyMs)],
    ['Latchhook', String(result.eventsPerSecond), ...both(result.latencyMs)],
    ['ratio', result.ratio.toFixed(2), '', ''],
    ['memory, MB', String(result.memoryMb), '', ''],
  ]);
}

function isolationTable(result: IsolationResult): string {
  const { aloneMs, besideMs } = result;
  return table([
    [`one receiver beside ${result.hanging} that hang`, 'per second', 'p50 ms', 'p99 ms'],
    ['alone', String(result.alonePerSecond), ...both(aloneMs)],
    ['beside them', String(result.besidePerSecond), ...both(besideMs)],
    [
      'ratio',
      result.ratio.toFixed(2),
      ratioOf(besideMs.p50, aloneMs.p50),
      ratioOf(besideMs.p99, aloneMs.p99),
    ],
  ]);
}

function postgresTable(result: PostgresResult): string {
  return [
    table([
      ['on PostgreSQL, from a backlog', 'per second', 'ratio'],
      ['bare undici pool', String(result.barePerSecond), ''],
      ...result.nodes.map((one) => [
        `Latchhook, ${nodes(one.nodes)}`,
        String(one.deliveriesPerSecond),
        one.deliverRatio.toFixed(2),
      ]),
      ...result.peers.map(({ name, perSecond, ratio }) => [name, String(perSecond), ratio.toFixed(2)]),
    ]),
    table([
      ['ingest, one event a request', 'per second', 'ratio'],
      ['the route, storing nothing', String(result.bareIngestPerSecond), ''],
      ...result.nodes.map((one) => [
        `Latchhook, ${nodes(one.nodes)}`,
        String(one.eventsPerSecond),
        one.ingestRatio.toFixed(2),
      ]),
    ]),
    table([
      [`CPU of an event and its delivery at ${result.steadyRate} a second, µs`, 'nodes', 'database'],
      ...result.nodes.map((one) => [
        nodes(one.nodes),
        String(one.nodeCpuUs),
        one.databaseCpuUs === null ? '–' : String(one.databaseCpuUs),
      ]),
    ]),
  ].join('\n\n');
}

function nodes(count: number): string {
  return count === 1 ? 'one node' : `${count} nodes`;
}

function ratioOf(one: number, other: number): string {
  return (one / other).toFixed(2);
}

function listsTable(result: ListsResult): string {
  return table([
    [`pages of 50, ${result.deliveries} deliveries, ms`, 'items', 'first', 'middle', 'last', 'by cursor'],
    ...result.lists.map(({ list, total, first, middle, last, walk }) => [
      list,
      ...[total, first, middle, last, walk].map(String),
    ]),
    ['taking them into the lists, ms in all', String(result.indexMs), '', '', '', ''],
    ['the longest turn of it, ms', String(result.longestIndexTurnMs), '', '', '', ''],
  ]);
}

function consoleTable(result: ConsoleResult): string {
  return table([
    [`console, ${result.deliveries} deliveries, ${result.webhooks} webhooks`, 'ms', 'longest'],
    ...result.actions.map(({ action, ms, longest }) => [action, String(ms), String(longest)]),
  ]);
}

function pollersTable(result: PollersResult): string {
  const { clients, loggingInEachTime } = result;
  return table([
    [`${clients} pollers, ${loggingInEachTime} of them log in each time`, 'of a core', 'p50 ms', 'p99 ms'],
    ['nobody asks', percent(result.idleShare), '', ''],
    ['one poll a second each', percent(result.share), ...both(result.latencyMs)],
  ]);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

function both(spread: Spread): string[] {
  return [spread.p50.toFixed(2), spread.p99.toFixed(2)];
}
