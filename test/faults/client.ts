/** The API as a program on the network uses it; every answer is returned, none is an exception. */
import { ADMIN_PASSWORD } from '../support/process.js';

export interface ApiAnswer<Body = unknown> {
  status: number;
  headers: Headers;
  body: Body;
}

export interface DeliveryView {
  item_uid: number;
  webhook_uid: number;
  status: string;
  attempts: number;
  attempt_log: { attempt: number; response_status: number | null }[];
}

export interface EventView {
  event_id: number;
  event_type: string;
  data: { n: number };
  deliveries: DeliveryView[];
}

export const OPEN_STATES = ['pending', 'retrying', 'held'];

export class Client {
  /** Follows the server when it comes back at another port. */
  url: string;
  readonly authorization: string;

  constructor(url: string, authorization: string) {
    this.url = url;
    this.authorization = authorization;
  }

  static async logIn(url: string, password = ADMIN_PASSWORD): Promise<Client> {
    const { status, body } = await new Client(url, '').call<{ token: string }>('POST', '/api/v1/login', {
      username: 'admin',
      password,
    });
    if (status !== 200) throw new Error(`log-in answered ${status}: ${JSON.stringify(body)}`);
    return new Client(url, `Bearer ${body.token}`);
  }

  /** Rejects when no answer comes. */
  async call<Body = unknown>(method: string, path: string, body?: unknown): Promise<ApiAnswer<Body>> {
    const response = await fetch(this.url + path, {
      method,
      headers: { Authorization: this.authorization },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, headers: response.headers, body: (await response.json()) as Body };
  }

  async createWebhook(url: string, eventTypes: string[], change: object = {}): Promise<number> {
    const entity = { url, status: 'active', event_types: eventTypes, max_retries: 5, ...change };
    const { status, body } = await this.call<{ item_uid: number }>('POST', '/api/v1/webhooks', entity);
    if (status !== 200) throw new Error(`the webhook was refused: ${JSON.stringify(body)}`);
    return body.item_uid;
  }

  /** One event or an array of them. */
  post(events: object): Promise<ApiAnswer<{ items: { event_id: number }[]; error?: string }>> {
    return this.call('POST', '/api/v1/events', events);
  }

  /** null: there is no such event. */
  async event(eventId: number): Promise<EventView | null> {
    const { status, body } = await this.call<EventView>('GET', `/api/v1/events/${eventId}`);
    if (status === 200) return body;
    if (status === 400) return null;
    throw new Error(`event ${eventId} answered ${status}: ${JSON.stringify(body)}`);
  }

  /** Asks until all deliveries of an event have ended. */
  async endedEvent(eventId: number): Promise<EventView | null> {
    for (let tries = 0; tries < 20_000; tries++) {
      const event = await this.event(eventId);
      if (!event?.deliveries.some(({ status }) => OPEN_STATES.includes(status))) return event;
    }
    throw new Error(`event ${eventId} still has open deliveries`);
  }
}
