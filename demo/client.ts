/** The few calls of the API that the demo and the benchmarks need, as any program would make them. */
import { request } from 'undici';

export class ApiClient {
  readonly #base: string;
  #token = '';

  /** @param serverUrl without a path, e.g. `http://127.0.0.1:8480` */
  constructor(serverUrl: string) {
    this.#base = `${serverUrl}/api/v1`;
  }

  /** What each call after `logIn` carries. */
  get authorization(): string {
    return `Bearer ${this.#token}`;
  }

  async logIn(username: string, password: string): Promise<void> {
    const { token } = (await this.#send('POST', '/login', { username, password })) as { token: string };
    this.#token = token;
  }

  /** Answers the webhook's uid. */
  async createWebhook(webhook: object): Promise<number> {
    const answer = (await this.#send('POST', '/webhooks', webhook)) as { item_uid: number };
    return answer.item_uid;
  }

  async updateWebhook(uid: number, webhook: object): Promise<void> {
    await this.#send('PUT', `/webhooks/${uid}`, webhook);
  }

  /** One event or an array of them; resolves when they are durable. */
  async postEvents(events: object): Promise<void> {
    await this.#send('POST', '/events', events);
  }

  async #send(method: 'POST' | 'PUT', path: string, body: object): Promise<unknown> {
    const { statusCode, body: answer } = await request(this.#base + path, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(this.#token && { authorization: this.authorization }),
      },
      body: JSON.stringify(body),
    });
    const text = await answer.text();
    if (statusCode >= 300) throw new Error(`${method} ${path} answered ${statusCode}: ${text}`);
    return JSON.parse(text);
  }
}
