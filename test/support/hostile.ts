/** What a receiver can do wrong, as behaviours for `startRawReceiver`. Each ignores what it does not need. */
import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';

export type Behaviour = (socket: Socket) => void;

/** Calls `then` when a request has come whole, again for each further one on the connection. */
export function onEachRequest(socket: Socket, then: () => void): void {
  let held = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    held = Buffer.concat([held, chunk]);
    for (;;) {
      const head = held.indexOf('\r\n\r\n');
      if (head < 0) return;
      const length = Number(/content-length: *(\d+)/i.exec(held.toString('latin1', 0, head))?.[1] ?? 0);
      const end = head + 4 + length;
      if (held.length < end) return;
      held = held.subarray(end);
      then();
    }
  });
}

/** Writes the same bytes after each request, and does nothing else. */
export function answering(...parts: (string | Uint8Array)[]): Behaviour {
  return (socket) => onEachRequest(socket, () => parts.forEach((part) => void socket.write(part)));
}

/** Writes these bytes after a request, then resets the connection once they are on their way. */
export function answeringThenReset(bytes: string): Behaviour {
  return (socket) =>
    onEachRequest(socket, () => {
      if (bytes === '') socket.resetAndDestroy();
      // A reset may overtake what was written; the receiver waits until it is taken.
      else socket.write(bytes, () => setImmediate(() => socket.resetAndDestroy()));
    });
}

/** Writes `head` at once, then the bytes one at a time, `everyMs` apart, and the last one until it is cut off. */
export function dripping(head: string, bytes: string, everyMs: number): Behaviour {
  return (socket) =>
    onEachRequest(socket, () => {
      socket.write(head);
      let at = 0;
      const timer = setInterval(() => {
        socket.write(bytes.charAt(Math.min(at++, bytes.length - 1)));
      }, everyMs);
      socket.on('close', () => clearInterval(timer));
    });
}

/** Writes `head`, then `chunk` over and over for as long as the other side reads. */
export function endless(head: string, chunk: string | Uint8Array): Behaviour {
  return (socket) =>
    onEachRequest(socket, () => {
      const pour = () => {
        if (socket.destroyed) return;
        if (socket.write(chunk)) setImmediate(pour);
        else socket.once('drain', pour);
      };
      socket.write(head);
      pour();
    });
}

/** 32 MiB of zeros in 32 KiB. */
export function gzipBomb(): Buffer {
  return gzipSync(Buffer.alloc(32 * 2 ** 20));
}

const OK = 'HTTP/1.1 200 OK\r\n';
const CHUNKED = 'HTTP/1.1 500 Oh\r\nTransfer-Encoding: chunked\r\n\r\n';

export const hostile = {
  resetAtAccept: (socket: Socket) => void socket.resetAndDestroy(),
  closeAtAccept: (socket: Socket) => void socket.resume().end(),
  neverReads: (socket: Socket) => void socket.pause(),
  hangs: (socket: Socket) => void socket.resume(),
  resetAfterRequest: answeringThenReset(''),
  resetWithinHeaders: answeringThenReset(`${OK}Content-Len`),
  resetWithinStatusLine: answeringThenReset('HTTP/1.1 200 O'),
  resetWithinFailure: answeringThenReset('HTTP/1.1 500 Oh\r\nContent-Length: 100\r\n\r\npart'),
  resetAfterSuccess: answeringThenReset(`${OK}Content-Length: 100\r\n\r\npart`),
  hangWithinHeaders: answering(`${OK}X-Slow: `),
  hangWithinFailure: answering('HTTP/1.1 500 Oh\r\nContent-Length: 100\r\n\r\npart'),
  hangAfterSuccess: answering(`${OK}Content-Length: 100\r\n\r\npart`),
  dripStatusLine: dripping('HTTP/1.1 200 ', 'O', 20),
  dripHeaders: dripping(`${OK}X-Long: `, 'a', 20),
  dripFailure: dripping('HTTP/1.1 500 Oh\r\nContent-Length: 100000\r\n\r\n', 'a', 5),
  dripSuccess: dripping(`${OK}Content-Length: 100000\r\n\r\n`, 'a', 5),
  endlessSuccess: endless(`${OK}Content-Length: 99999999999\r\n\r\n`, 'x'.repeat(16_384)),
  endlessFailure: endless(
    'HTTP/1.1 500 Oh\r\nTransfer-Encoding: chunked\r\n\r\n',
    `4000\r\n${'y'.repeat(16_384)}\r\n`,
  ),
  endlessReason: endless('HTTP/1.1 500 ', 'Oh no! '.repeat(1_000)),
  endlessSpaces: endless(`${OK}X-Wide:`, ' '.repeat(16_384)),
  endlessBlankLines: endless('', '\r\n'.repeat(8_192)),
  endlessExtension: endless(`${CHUNKED}4;note=`, 'e'.repeat(16_384)),
  endlessExtensions: endless(CHUNKED, `1;note=${'e'.repeat(4_000)}\r\na\r\n`),
  endlessChunkSize: endless(CHUNKED, '0'.repeat(16_384)),
  endlessTrailers: endless(`${CHUNKED}0\r\n`, 'X-More: and more\r\n'),
  endlessTrailerSpaces: endless(`${CHUNKED}0\r\nX-Wide:`, ' '.repeat(16_384)),
  endlessGzipOfNothing: endless(
    `${OK.replace('200 OK', '500 Oh')}Content-Encoding: gzip\r\n\r\n`,
    gzipSync(''),
  ),
  endlessHeaders: endless(OK, 'X-More: and more\r\n'),
  endlessGzip: endless(`${OK}Content-Encoding: gzip\r\n\r\n`, gzipSync('z'.repeat(5_000))),
  giantHeader: answering(`${OK}X-Giant: ${'g'.repeat(40_000)}\r\nContent-Length: 0\r\n\r\n`),
  notHttp: answering('SSH-2.0-OpenSSH_9.6\r\n'),
  badStatusLine: answering('HTTP/1.1 OK 200\r\n\r\n'),
  statusZero: answering('HTTP/1.1 000 Nothing\r\nContent-Length: 0\r\n\r\n'),
  badChunk: answering('HTTP/1.1 500 Oh\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nno\r\n'),
  twoLengths: answering(`${OK}Content-Length: 1\r\nContent-Length: 2\r\n\r\nab`),
  shortBody: (socket: Socket) =>
    onEachRequest(socket, () => void socket.end('HTTP/1.1 500 Oh\r\nContent-Length: 10\r\n\r\nab')),
  longBody: answering(`${OK}Content-Length: 2\r\n\r\nabcdef`),
  twoAnswers: answering(`${OK}Content-Length: 1\r\n\r\na${OK}Content-Length: 1\r\n\r\nb`),
  switchesProtocols: answering('HTTP/1.1 101 Switching\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n'),
  switchesWithoutSaying: answering('HTTP/1.1 101 Switching\r\n\r\n'),
  continues: answering(
    'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n',
    `HTTP/1.0 100 Continue\r\n\r\n${OK}Content-Length: 4\r\n\r\ndone`,
  ),
  continuesForEver: endless('', 'HTTP/1.1 100 Continue\r\n\r\n'),
  hintsForEver: endless('', 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n'),
  endlessContinue: endless('HTTP/1.1 100 Continue\r\n', 'X-More: and more\r\n'),
  redirectsToMetadata: answering(
    'HTTP/1.1 307 Temporary Redirect\r\nLocation: http://169.254.169.254/\r\nContent-Length: 0\r\n\r\n',
  ),
  offersUpgrade: answering(
    `${OK}Upgrade: h2,h2c\r\nConnection: Upgrade, Keep-Alive\r\nContent-Length: 2\r\n\r\nok`,
  ),
} satisfies Record<string, Behaviour>;

/** Waits for requests and serves the bomb, with its real length. */
export function bombing(status: number): Behaviour {
  const bomb = gzipBomb();
  return answering(
    `HTTP/1.1 ${status} Boom\r\nContent-Encoding: gzip\r\nContent-Length: ${bomb.length}\r\n\r\n`,
    bomb,
  );
}
