/** Clients that poll the log as those of panels do, one connection each. */
import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'undici';
import { answerParent, wallMs } from './children.js';
import { type Spread, spread } from './figures.js';

export interface Polling {
  url: string;
  username: string;
  password: string;
  clients: number;
  /** Of the clients: those that log in before each poll. */
  loggingInEachTime: number;
  everyMs: number;
  seconds: number;
}

export interface Polled {
  polls: number;
  logIns: number;
  latencyMs: Spread;
}

export type PollerApi = {
  /** Any answer but 200 is an error. */
  poll(polling: Polling): Promise<Polled>;
};

const PATH = '/api/v1/log/items?limit=10&page_number=1';

answerParent<PollerApi>({
  async poll(polling) {
    const latencies: number[] = [];
    let logIns = 0;
    const md5 = createHash('md5').update(polling.password).digest('hex');
    const loginPath = `/api/v1/login?username=${polling.username}&password=${md5}`;

    const poller = async (index: number) => {
      const client = new Client(polling.url);
      const get = async (path: string, headers: Record<string, string>) => {
        const { statusCode, body } = await client.request({ path, method: 'GET', headers });
        const text = await body.text();
        if (statusCode !== 200) throw new Error(`${path.split('?')[0]} answered ${statusCode}: ${text}`);
        return JSON.parse(text) as { token: string };
      };
      const logIn = async () => {
        logIns += 1;
        const { token } = await get(loginPath, { authorization: 'Bearer ' });
        return `Bearer ${token}`;
      };
      // Spread over the period, as clients that know nothing of each other are.
      await wait((index / polling.clients) * polling.everyMs);
      const started = wallMs();
      let authorization = await logIn();
      for (let n = 0; n < (polling.seconds * 1000) / polling.everyMs; n += 1) {
        await wait(Math.max(0, started + n * polling.everyMs - wallMs()));
        const asked = wallMs();
        if (index < polling.loggingInEachTime) authorization = await logIn();
        await get(PATH, { authorization, 'content-type': 'application/json' });
        latencies.push(wallMs() - asked);
      }
      await client.close();
    };
    await Promise.all(Array.from({ length: polling.clients }, (_, index) => poller(index)));
    return { polls: latencies.length, logIns, latencyMs: spread(latencies) };
  },
});
