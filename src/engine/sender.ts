import { type Clock, systemClock } from '../clock.js';
import type { Answer } from './answer.js';
import type { Egress } from './egress.js';
import { type Destination, type Exchange, RunningExchange } from './exchange.js';
import { Origins } from './origins.js';
import { Sweeper } from './sweeper.js';

export interface SenderOptions {
  guard: Egress;
  /** Exchanges to one scheme, host and port at a time; more wait for a connection, without a limit of time. */
  connectionsPerOrigin: number;
  /** Connections age by its monotonic time; default: the system's. Limits of exchanges are in real time. */
  clock?: Clock;
}

export interface Sender {
  /** Never rejects. */
  send(exchange: Exchange): Promise<Answer>;
  /** All in flight end now, as `aborted` where no answer had come. */
  abortAll(): void;
  /**
   * Aborts what is in flight, closes every connection, and resolves when no socket is left; whatever is sent
   * afterwards ends as `aborted`. Twice is fine.
   */
  close(): Promise<void>;
}

/** Parsing a URL takes longer than all else that is done here for a request; the same few come again and again. */
const REMEMBERED_URLS = 1024;

/** Sends requests to receivers, and survives whatever they do. Redirects are answers, and never followed. */
export function createSender(options: SenderOptions): Sender {
  const origins = new Origins({
    egress: options.guard,
    connectionsPerOrigin: options.connectionsPerOrigin,
    clock: options.clock ?? systemClock,
  });
  const inFlight = new Sweeper<RunningExchange>();
  const destinations = new Map<string, Destination>();

  function destinationOf(url: string): Destination | null {
    const known = destinations.get(url);
    if (known) return known;
    const destination = parseDestination(url);
    if (destination === null) return null;
    if (destinations.size >= REMEMBERED_URLS) destinations.clear();
    destinations.set(url, destination);
    return destination;
  }

  function abortAll(): void {
    for (const exchange of inFlight.items()) exchange.abort();
  }

  return {
    send(exchange) {
      if (origins.closed) return Promise.resolve(unsent('aborted', 'the sender is closed'));
      const destination = destinationOf(exchange.url);
      if (destination === null) return Promise.resolve(unsent('bad-http', 'not an HTTP URL'));
      return new Promise((resolve) => {
        origins.run(destination.origin, new RunningExchange(exchange, destination, inFlight, resolve));
      });
    },
    abortAll,
    close() {
      abortAll();
      return origins.close();
    },
  };
}

function unsent(kind: 'aborted' | 'bad-http', message: string): Answer {
  return {
    status: null,
    headers: null,
    retryAfter: null,
    body: null,
    error: { kind, message },
    note: null,
    resent: false,
  };
}

function parseDestination(text: string): Destination | null {
  try {
    const { protocol, origin, pathname, search } = new URL(text);
    const secure = protocol === 'https:';
    return secure || protocol === 'http:' ? { origin, path: pathname + search, secure } : null;
  } catch {
    return null;
  }
}
