#!/usr/bin/env node
/**
 * Names, passwords and files share one pool of threads, and a name that hangs keeps its thread. The pool has
 * its size for good once it is used, and loading an ES module uses it: so this is none, and comes first.
 * 32 threads in place of 4 take 0.3 MB.
 */
process.env['UV_THREADPOOL_SIZE'] ??= '32';
void import('./main.js');
