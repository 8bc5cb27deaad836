/** What a job of another queue does here: the request of a delivery, signed as panels do, by a bare undici pool. */
import { Pool } from 'undici';
import { signer } from '../../src/domain/signature.js';
import { DATA, EVENT_TYPE, SECRET } from '../running-server.js';

/** As many requests at once as all that is measured makes. */
export const CONNECTIONS = 64;

export interface Payload {
  data: typeof DATA;
  created_at: number;
  event_id: number;
  event_type: string;
}

export function payloads(count: number): Payload[] {
  return Array.from({ length: count }, (_, n) => ({
    data: DATA,
    created_at: 1_745_947_873_611,
    event_id: n + 1,
    event_type: EVENT_TYPE,
  }));
}

export class SignedPost {
  readonly #pool: Pool;
  readonly #sign = signer(SECRET);

  constructor(url: string) {
    this.#pool = new Pool(url, { connections: CONNECTIONS, pipelining: 1 });
  }

  async send(payload: Payload): Promise<void> {
    const body = Buffer.from(JSON.stringify(payload));
    const headers = { 'content-type': 'application/json', 'x-webhook-signature': this.#sign.panel(body) };
    const answer = await this.#pool.request({ path: '/hook', method: 'POST', headers, body });
    await answer.body.dump();
    if (answer.statusCode >= 300) throw new Error(`the receiver answered ${answer.statusCode}`);
  }
}

/** Each in a process of its own, asked for one backlog after the other. */
export type PeerApi = {
  /** @param options an empty PostgreSQL database, and where requests go */
  start(options: { databaseUrl: string; receiverUrl: string }): Promise<null>;
  /** Stores so many jobs; resolves when they are durable. Nothing is sent yet. */
  enqueue(count: number): Promise<null>;
  /** Sends what is stored until `stop`. */
  work(nothing: null): Promise<null>;
  stop(nothing: null): Promise<null>;
};
