/**
 * A receiver that costs next to nothing, so that what is measured is the sender: bare sockets, a search for
 * `Content-Length` in place of a parser, 200 to everything.
 */
import { EventEmitter, once } from 'node:events';
import net, { type AddressInfo, type Socket } from 'node:net';
import { answerParent, wallMs } from './children.js';

export type ReceiverApi = {
  listen(nothing: null): Promise<{ url: string }>;
  /** Counts from zero again; with `timed` it also reads `sent_at` (ms, wall clock) out of each body. */
  reset(options: { timed: boolean }): Promise<null>;
  /** Resolves when `count` requests have come since the reset. */
  received(options: { count: number }): Promise<{ lastAt: number; delaysMs: number[] }>;
};

const ANSWER = Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
const HEAD_END = Buffer.from('\r\n\r\n');
const SENT_AT = Buffer.from('"sent_at":');

const arrivals = new EventEmitter();
let count = 0;
let wanted = Number.POSITIVE_INFINITY;
let lastAt = 0;
let timed = false;
let delaysMs: number[] = [];

const server = net.createServer({ noDelay: true }, (socket) => {
  let rest: Buffer = Buffer.alloc(0);
  socket.on('data', (chunk) => {
    rest = takeRequests(rest.length === 0 ? chunk : Buffer.concat([rest, chunk]), socket);
  });
  // The sender may close while an answer is on its way.
  socket.on('error', () => socket.destroy());
});

answerParent<ReceiverApi>({
  async listen() {
    server.listen({ host: '127.0.0.1', port: 0, backlog: 1024 });
    await once(server, 'listening');
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
  },
  async reset(options) {
    count = 0;
    wanted = Number.POSITIVE_INFINITY;
    timed = options.timed;
    delaysMs = [];
    return null;
  },
  async received(options) {
    wanted = options.count;
    if (count < wanted) await once(arrivals, 'wanted');
    return { lastAt, delaysMs };
  },
});

/** Answers each whole request in `bytes` and returns what is left over. */
function takeRequests(bytes: Buffer, socket: Socket): Buffer {
  let from = 0;
  for (;;) {
    const headEnd = bytes.indexOf(HEAD_END, from);
    if (headEnd < 0) return bytes.subarray(from);
    const head = bytes.toString('latin1', from, headEnd);
    const bodyStart = headEnd + HEAD_END.length;
    const end = bodyStart + Number(/\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
    if (bytes.length < end) return bytes.subarray(from);
    arrived(bytes.subarray(bodyStart, end));
    socket.write(ANSWER);
    from = end;
  }
}

function arrived(body: Buffer): void {
  count += 1;
  if (timed) {
    const at = body.indexOf(SENT_AT);
    if (at >= 0) delaysMs.push(wallMs() - Number.parseFloat(body.toString('latin1', at + SENT_AT.length)));
  }
  lastAt = wallMs();
  if (count === wanted) arrivals.emit('wanted');
}
