/**
 * `npm run bench [-- deliver|ingest] [--events N] [--rounds N]`: ratios to a bare yardstick of the same run,
 * since figures of two machines, or of two hours, cannot be compared. Medians of alternating rounds.
 */
import { parseArgs } from 'node:util';
import { benchDeliver, type DeliverResult } from './deliver.js';
import { type Spread, table } from './figures.js';
import { benchIngest, type IngestResult } from './ingest.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { events: { type: 'string', default: '30000' }, rounds: { type: 'string', default: '3' } },
});
const options = { events: Number(values.events), rounds: Number(values.rounds) };
const known = ['deliver', 'ingest'];
const wanted = positionals.length === 0 ? known : positionals;
if (wanted.some((name) => !known.includes(name)) || !(options.events >= 1000) || !(options.rounds >= 1)) {
  throw new RangeError('usage: npm run bench [-- deliver|ingest] [--events 1000…] [--rounds 1…]');
}

process.stderr.write(
  `Measuring ${wanted.join(' and ')}, ${options.rounds} rounds of ${options.events} events…\n`,
);
const deliver = wanted.includes('deliver') ? await benchDeliver(options) : null;
const ingest = wanted.includes('ingest') ? await benchIngest(options) : null;

if (deliver) console.log(`${deliverTable(deliver)}\n`);
if (ingest) console.log(`${ingestTable(ingest)}\n`);
console.log(JSON.stringify({ deliver, ingest }));

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

function both(spread: Spread): string[] {
  return [spread.p50.toFixed(2), spread.p99.toFixed(2)];
}
