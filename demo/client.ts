/** The few calls of the API that the demo needs, as any program would make them. */
import { request } from 'undici';
import type { PanelReport } from './building.js';

export class DemoClient {
  readonly #base: string;
  #token = '';

  constructor(serverUrl: string) {
    this.#base = `${serverUrl}/api/v1`;
  }

  async logIn(username: string, password: string): Promise<void> {
    const { token } = (await this.#post('/login', { username, password })) as { token: string };
    this.#token = token;
  }

  async createWebhook(webhook: {
    url: string;
    secret: string;
    event_types: readonly string[];
    max_retries: number;
  }): Promise<number> {
    const answer = (await this.#post('/webhooks', { ...webhook, status: 'active' })) as { item_uid: number };
    return answer.item_uid;
  }

  /** Resolves when the event is durable. */
  async postEvent(report: PanelReport, happenedAt: number): Promise<void> {
    await this.#post('/events', { ...report, created_at: happenedAt });
  }

  async #post(path: string, body: unknown): Promise<unknown> {
    const { statusCode, body: answer } = await request(this.#base + path, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(this.#token && { authorization: `Bearer ${this.#token}` }),
      },
      body: JSON.stringify(body),
    });
    const text = await answer.text();
    if (statusCode >= 300) throw new Error(`POST ${path} answered ${statusCode}: ${text}`);
    return JSON.parse(text);
  }
}
