/**
 * Loaded into a server under test by `NODE_OPTIONS=--import …`: at SIGUSR2 it collects all garbage and prints
 * `memory <n> <bytes>`, n counting from 1.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');
let count = 0;

process.on('SIGUSR2', () => {
  // What finalizers let go is collected in a further round.
  collect();
  setImmediate(() => {
    collect();
    const { heapUsed, external } = process.memoryUsage();
    console.log(`memory ${++count} ${heapUsed + external}`);
  });
});
