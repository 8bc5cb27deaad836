/** Makes requests as fast as its connections allow, or at a given rate, with a bare undici pool. */
import { setTimeout as wait } from 'node:timers/promises';
import { Pool } from 'undici';
import { signer } from '../src/domain/signature.js';
import { answerParent, wallMs } from './children.js';
import { type Spread, spread } from './figures.js';

export interface Load {
  /** Connections and requests go round them. */
  urls: string[];
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
    const connections = Math.ceil(load.connections / load.urls.length);
    const pools = load.urls.map((url) => new Pool(url, { connections, pipelining: 1 }));
    try {
      const latencies: number[] = [];
      const posts = pools.map((pool) => poster(pool, load, latencies));
      const started = wallMs();
      if (load.rate === null) await asFastAsPossible(posts, load);
      else await paced(posts, load, load.rate);
      return { perSecond: (load.count / (wallMs() - started)) * 1000, latencyMs: spread(latencies) };
    } finally {
      await Promise.all(pools.map((pool) => pool.destroy()));
    }
  },
});

type Post = () => Promise<void>;

async function asFastAsPossible(posts: readonly Post[], load: Load): Promise<void> {
  let begun = 0;
  const worker = async (post: Post) => {
    while (begun < load.count) {
      begun += 1;
      await post();
    }
  };
  const workers = Array.from({ length: load.connections }, (_, n) => posts[n % posts.length] as Post);
  await Promise.all(workers.map(worker));
}

async function paced(posts: readonly Post[], load: Load, rate: number): Promise<void> {
  const started = wallMs();
  const under: Promise<void>[] = [];
  while (under.length < load.count) {
    const due = Math.min(load.count, Math.ceil(((wallMs() - started) / 1000) * rate));
    while (under.length < due) under.push((posts[under.length % posts.length] as Post)());
    await wait(1);
  }
  await Promise.all(under);
}

function poster(pool: Pool, load: Load, latencies: number[]): Post {
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
