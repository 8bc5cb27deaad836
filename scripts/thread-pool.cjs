/**
 * `node --require ./scripts/thread-pool.cjs <program>`: see src/cli/latchhook.cts, which is not built yet when
 * this runs.
 */
process.env.UV_THREADPOOL_SIZE ??= '32';
