/** Receivers that take requests and never answer. */
import { EventEmitter, once } from 'node:events';
import net, { type AddressInfo } from 'node:net';
import { answerParent } from './children.js';

export type HangingApi = {
  /** Starts so many, each with a port of its own. */
  listen(count: number): Promise<{ urls: string[] }>;
  /** Resolves when so many connections have brought a request. */
  held(count: number): Promise<null>;
};

const arrivals = new EventEmitter();
let held = 0;

answerParent<HangingApi>({
  async listen(count) {
    return { urls: await Promise.all(Array.from({ length: count }, listen)) };
  },
  async held(count) {
    while (held < count) await once(arrivals, 'request');
    return null;
  },
});

async function listen(): Promise<string> {
  const server = net.createServer((socket) => {
    socket.once('data', () => {
      held += 1;
      arrivals.emit('request');
    });
    socket.on('error', () => socket.destroy());
    socket.resume();
  });
  server.listen({ host: '127.0.0.1', port: 0, backlog: 1024 });
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
