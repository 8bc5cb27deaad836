// Loaded into a server by the fuzz test, with `node --expose-gc --require`: tells its memory when asked.
process.on('message', () => {
  globalThis.gc();
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  process.send(heapUsed + external);
});
process.channel?.unref();
