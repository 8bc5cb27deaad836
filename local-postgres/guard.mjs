/**
 * Runs one PostgreSQL server and outlives nobody: when the program that started it ends in whatever way,
 * its input closes, and the server is stopped and its folder removed.
 * Arguments: a JSON object `{ binary, args, identity: { uid?, gid? }, log, remove }`.
 * Says `ready` on its output; reads `stop` (fast, clean) or `kill` (as a machine that fails) from its input.
 */
import { spawn } from 'node:child_process';
import { createWriteStream, rmSync } from 'node:fs';
import { createInterface } from 'node:readline';

const { binary, args, identity, log, remove } = JSON.parse(process.argv[2] ?? '{}');
let orphaned = false;

const kept = createWriteStream(log, { flags: 'a' });
const server = spawn(binary, args, { ...identity, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'] });
server.on('error', (error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
createInterface({ input: server.stderr }).on('line', (line) => {
  kept.write(`${line}\n`);
  if (/ready to accept/.test(line)) process.stdout.write('ready\n');
});
server.once('exit', (code) => {
  if (orphaned) rmSync(remove, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  process.exit(code ?? 0);
});

createInterface({ input: process.stdin })
  .on('line', (command) => server.kill(command === 'kill' ? 'SIGKILL' : 'SIGINT'))
  .on('close', () => {
    orphaned = true;
    server.kill('SIGINT');
  });
// A terminal's Ctrl-C goes to every process at once: who started the server stops it, or closes the input.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});
