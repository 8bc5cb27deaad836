/** What a client that is no HTTP library sends, and what comes back. */
import { once } from 'node:events';
import net from 'node:net';

export interface RawAnswer {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: string;
  /** All that came, further answers included. */
  all: string;
}

/** Opens a connection, sends `bytes`, and reads until the server ends it. */
export async function sendRaw(url: string, bytes: string | Uint8Array): Promise<RawAnswer> {
  const socket = await connectRaw(url);
  socket.write(bytes);
  return readAnswer(socket);
}

export async function connectRaw(url: string): Promise<net.Socket> {
  const { hostname, port } = new URL(url);
  const socket = net.connect({ host: hostname, port: Number(port) });
  await once(socket, 'connect');
  return socket;
}

/** Reads until the server ends the connection; a reset behind the answer is no matter. */
export async function readAnswer(socket: net.Socket): Promise<RawAnswer> {
  let all = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    all += chunk;
  });
  socket.on('error', () => socket.destroy());
  await once(socket, 'close');
  return parseAnswer(all);
}

export function parseAnswer(all: string): RawAnswer {
  const end = all.indexOf('\r\n\r\n');
  const [statusLine = '', ...lines] = all.slice(0, Math.max(0, end)).split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => [
      line.slice(0, line.indexOf(':')).toLowerCase(),
      line.slice(line.indexOf(':') + 1).trim(),
    ]),
  );
  const body = all.slice(end + 4, end + 4 + Number(headers['content-length'] ?? 0));
  return { status: Number(statusLine.split(' ')[1] ?? 0), headers, body, all };
}
