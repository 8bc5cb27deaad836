/**
 * A receiver as its owner would write it: verifies each signature with node:crypto over the bytes as they
 * came, answers, and now and then is out of order.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface Arrival {
  /** `webhook-id`, the same on every attempt of a delivery. */
  id: string;
  attempt: number;
  signatureOk: boolean;
  /** What we answered. */
  status: number;
  /** ms, wall clock */
  at: number;
  event: { event_id: number; event_type: string; created_at: number; data: Record<string, unknown> };
}

/** The status to answer the n-th request with (from 1), `elapsedMs` after the receiver began. */
export type Behaviour = (n: number, elapsedMs: number) => number;

export async function startDemoReceiver(options: {
  secret: string;
  behave: Behaviour;
  now: () => number;
  onArrival: (arrival: Arrival) => void;
}): Promise<{ url: string; close(): Promise<void> }> {
  const startedAt = options.now();
  let requests = 0;

  async function handle(request: IncomingMessage): Promise<number> {
    const body = await buffer(request);
    const at = options.now();
    const signatureOk = verifies(options.secret, body, header(request, 'x-webhook-signature'));
    requests += 1;
    const status = signatureOk ? options.behave(requests, at - startedAt) : 401;
    const event = JSON.parse(body.toString()) as Arrival['event'];
    const attempt = Number(header(request, 'x-webhook-attempt'));
    options.onArrival({ id: header(request, 'webhook-id'), attempt, signatureOk, status, at, event });
    return status;
  }

  const server = createServer((request, response) => {
    handle(request).then(
      (status) => response.writeHead(status).end(),
      () => response.writeHead(400).end(),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hook`,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** Whether the signature is the HMAC-SHA256 of these very bytes, in hex. */
function verifies(secret: string, body: Buffer, signature: string): boolean {
  const expected = createHmac('sha256', secret).update(body).digest();
  const given = Buffer.from(signature, 'hex');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function header(request: IncomingMessage, name: string): string {
  const value = request.headers[name];
  return typeof value === 'string' ? value : '';
}
