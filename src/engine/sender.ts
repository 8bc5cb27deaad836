import type { Answer } from './answer.js';
import type { Egress } from './egress.js';
import { type Exchange, RunningExchange } from './exchange.js';
import { Origins } from './origins.js';
import { Sweeper } from './sweeper.js';

export interface SenderOptions {
  guard: Egress;
  /** Exchanges to one scheme, host and port at a time; more wait for a connection, without a limit of time. */
  connectionsPerOrigin: number;
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

/** Sends requests to receivers, and survives whatever they do. Redirects are answers, and never followed. */
export function createSender(options: SenderOptions): Sender {
  const origins = new Origins({ egress: options.guard, connectionsPerOrigin: options.connectionsPerOrigin });
  const inFlight = new Set<RunningExchange>();
  const sweeper = new Sweeper();

  function abortAll(): void {
    for (const exchange of [...inFlight]) exchange.abort();
  }

  return {
    send(exchange) {
      if (origins.closed) return Promise.resolve(unsent('aborted', 'the sender is closed'));
      const url = parseUrl(exchange.url);
      if (url === null) return Promise.resolve(unsent('bad-http', 'not an HTTP URL'));
      return new Promise((resolve) => {
        const running = new RunningExchange(exchange, url, sweeper, (answer) => {
          inFlight.delete(running);
          resolve(answer);
        });
        inFlight.add(running);
        origins.run(url.origin, running);
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
  return { status: null, headers: null, retryAfter: null, body: null, error: { kind, message } };
}

function parseUrl(text: string): URL | null {
  try {
    const url = new URL(text);
    return url.protocol === 'http:' || url.protocol === 'https:' ? url : null;
  } catch {
    return null;
  }
}
