/** Makes requests as fast as its connections allow, or at a given rate, with a bare undici pool. */
import { setTimeout as wait } from 'node:timers/promises';
import { Pool } from 'undici';
import { signer } from '../src/domain/signature.js';
import { answerParent, wallMs } from './children.js';
import { type Spread, spread } from './figures.js';

export interface Load {
  url: string;
  path: string;
  headers: Record<string, string>;
  /** `%sent_at%` in it becomes the wall clock in ms. */
  body: string;
  /** Sign each body with this, as a delivery is signed. */
  secret: string | null;
  count: number;
  connections: number;
  /** Requests per second; null: as many as go. */
  rate: number | null;
}

export interface Loaded {
  perSecond: number;
  latencyMs: Spread;
}

export type LoadApi = {
  /** Any answer but 2xx is an error. */
  load(load: Load): Promise<Loaded>;
};

answerParent<LoadApi>({
  async load(load) {
    const pool = new Pool(load.url, { connections: load.connections, pipelining: 1 });
    try {
      const latencies: number[] = [];
      const started = wallMs();
      if (load.rate === null) await asFastAsPossible(pool, load, latencies);
      else await paced(pool, load, load.rate, latencies);
      return { perSecond: (load.count / (wallMs() - started)) * 1000, latencyMs: spread(latencies) };
    } finally {
      await pool.destroy();
    }
  },
});

async function asFastAsPossible(pool: Pool, load: Load, latencies: number[]): Promise<void> {
  const post = poster(pool, load, latencies);
  let begun = 0;
  const worker = async () => {
    while (begun < load.count) {
      begun += 1;
      await post();
    }
  };
  await Promise.all(Array.from({ length: load.connections }, worker));
}

async function paced(pool: Pool, load: Load, rate: number, latencies: number[]): Promise<void> {
  const post = poster(pool, load, latencies);
  const started = wallMs();
  const posts: Promise<void>[] = [];
  while (posts.length < load.count) {
    const due = Math.min(load.count, Math.ceil(((wallMs() - started) / 1000) * rate));
    while (posts.length < due) posts.push(post());
    await wait(1);
  }
  await Promise.all(posts);
}

function poster(pool: Pool, load: Load, latencies: number[]): () => Promise<void> {
  const sign = load.secret === null ? null : signer(load.secret);
  const fixed = load.body.includes('%sent_at%') ? null : Buffer.from(load.body);
  return async () => {
    const started = wallMs();
    const body = fixed ?? Buffer.from(load.body.replace('%sent_at%', started.toFixed(3)));
    const headers = sign ? { ...load.headers, 'x-webhook-signature': sign.panel(body) } : load.headers;
    const answer = await pool.request({ path: load.path, method: 'POST', headers, body });
    await answer.body.dump();
    if (answer.statusCode >= 300) throw new Error(`${load.path} answered ${answer.statusCode}`);
    latencies.push(wallMs() - started);
  };
}
