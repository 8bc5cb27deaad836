import type { FastifyInstance } from 'fastify';
import type { Clock, Timer } from '../../clock.js';
import { Refusal } from '../../domain/errors.js';
import type { Authentication } from '../auth.js';
import { callerOf } from '../caller.js';
import type { Connections } from '../connections.js';
import { operation, serve } from '../contract/operation.js';
import { ClientGone } from '../errors.js';
import type { HttpLimits } from '../http-server.js';
import type { StreamClient } from '../stream/client.js';
import { StreamHub } from '../stream/hub.js';
import { messageText } from '../stream/messages.js';
import { StreamPlaces } from '../stream/places.js';
import type { RouteParts } from './route-parts.js';

/** How often a comment says that the connection lives, and the credentials are looked at again. */
const BEAT_MS = 5_000;
/** Beats that a client may be stuck before its connection is cut. */
const STUCK_BEATS = 12;
/** What a client waits before it connects again; an `EventSource` obeys it. */
const RETRY_MS = 3_000;

export const STREAM_OPERATIONS = {
  read: operation({
    id: 'readStream',
    tag: 'System',
    method: 'GET',
    path: '/api/v1/stream',
    summary: 'Follow what happens, as server-sent events',
    description: `Each message has an \`id\`, an \`event\` and JSON as its \`data\`: \`hello\` (\`StreamHello\`, the first), \`accepted\`, \`attempt\`, \`ended\`, \`health\`, \`job\`, \`counts\` and \`dropped\`, each as the schema \`Stream…\` of its name says. No more than 40 messages a second tell of what goes well, 40 of what fails and 100 of health and jobs; \`counts\` comes a second after something happened, and counts all of it. A \`Last-Event-ID\` is answered with how many messages were missed; none is told again, since the lists have everything. A client that reads too slowly is told \`dropped\`. One user or key may have 20 streams at once, all together 100. The stream ends within 5 seconds after its token, account or key does.`,
    access: 'account',
    answer: {
      text: {
        'text/event-stream': `retry: ${RETRY_MS}\n\n${messageText('hello', '8f14e45fceea-0', { at: 1746481123160, missed: 0 })}`,
      },
    },
    errors: ['too-many-own-streams', 'too-many-streams'],
  }),
};

export interface StreamRouteParts extends Pick<RouteParts, 'signals' | 'clock' | 'randomBytes'> {
  authentication: Authentication;
  connections: Connections;
  limits: Pick<HttpLimits, 'streams' | 'streamsOfCredential'>;
}

/** Registered ahead of what closes connections: streams end at once when a stop begins. */
export function streamRoutes(app: FastifyInstance, parts: StreamRouteParts): void {
  const { clock, authentication, connections, limits } = parts;
  const places = new StreamPlaces(limits.streams, limits.streamsOfCredential);
  const hub = new StreamHub(parts.signals, clock, parts.randomBytes);
  app.addHook('preClose', async () => hub.close());

  serve(app, STREAM_OPERATIONS.read, (request, reply) => {
    reply.type('text/event-stream').header('x-accel-buffering', 'no');
    if (request.method === 'HEAD') return reply.send('');
    const leave = places.take(callerOf(request).credential);
    // Where it has, nothing would ever give the place back.
    if (!connections.keepsAnswering(request.raw.socket, () => left())) {
      leave();
      throw new ClientGone('the client left while its credentials were looked up');
    }
    const { authorization, 'last-event-id': last } = request.headers;
    const { ip } = request;
    reply.hijack();
    const to = reply.raw;
    for (const [name, value] of Object.entries(reply.getHeaders())) to.setHeader(name, value ?? '');
    // Kept alive, it would hold up a stop once the stream has ended.
    to.setHeader('connection', 'close');
    const client = hub.add(
      to,
      `retry: ${RETRY_MS}\n\n`,
      typeof last === 'string' && last !== '' ? last : null,
    );
    const beat = beats(clock, client, async () => {
      await authentication.admit(authorization, ip, 'account');
    });
    const left = () => {
      beat.cancel();
      hub.remove(client);
      leave();
    };
    to.once('close', left);
    to.on('error', () => to.destroy());
    return reply;
  });
}

/** @param admit rejects with a `Refusal` when the client may read no longer */
function beats(clock: Clock, client: StreamClient, admit: () => Promise<void>): Timer {
  let timer: Timer | null = null;
  let cancelled = false;
  let stuck = 0;
  const next = () => {
    if (cancelled) return;
    timer = clock.schedule(BEAT_MS, () => {
      stuck = client.stuck ? stuck + 1 : 0;
      if (stuck >= STUCK_BEATS) return client.destroy();
      client.beat();
      admit().then(next, (error: unknown) => {
        // A store that cannot answer now says nothing about the credentials.
        if (error instanceof Refusal) client.end();
        else next();
      });
    });
  };
  next();
  return {
    cancel() {
      cancelled = true;
      timer?.cancel();
    },
  };
}
