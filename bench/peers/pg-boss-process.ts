/** pg-boss with a loop of our own, since its `work` asks for jobs by a timer: fetched and ended in groups. */
import PgBoss from 'pg-boss';
import { answerParent } from '../children.js';
import { CONNECTIONS, type Payload, type PeerApi, payloads, SignedPost } from './signed-post.js';

const QUEUE = 'deliver';
const BATCH = 1000;
const FETCHED_AT_ONCE = 500;

let boss: PgBoss | null = null;
let post: SignedPost | null = null;
let working: Promise<unknown> | null = null;

answerParent<PeerApi>({
  async start({ databaseUrl, receiverUrl }) {
    post = new SignedPost(receiverUrl);
    boss = new PgBoss({ connectionString: databaseUrl, max: 10, supervise: false, schedule: false });
    boss.on('error', (error) => process.stderr.write(`${error.message}\n`));
    await boss.start();
    await boss.createQueue(QUEUE);
    return null;
  },
  async enqueue(count) {
    for (let stored = 0; stored < count; stored += BATCH) {
      await boss?.insert(payloads(BATCH).map((data) => ({ name: QUEUE, data })));
    }
    return null;
  },
  async work() {
    if (boss && post) working = Promise.all([drain(boss, post), drain(boss, post)]);
    return null;
  },
  async stop() {
    await working;
    return null;
  },
});

/** Two of these are under way, so that one sends while the other asks the database. */
async function drain(queue: PgBoss, sender: SignedPost): Promise<void> {
  for (;;) {
    const jobs = await queue.fetch<Payload>(QUEUE, { batchSize: FETCHED_AT_ONCE });
    if (jobs.length === 0) return;
    let next = 0;
    const send = async () => {
      for (let job = jobs[next++]; job; job = jobs[next++]) await sender.send(job.data);
    };
    await Promise.all(Array.from({ length: CONNECTIONS / 2 }, send));
    const ids = jobs.map(({ id }) => id);
    await queue.complete(QUEUE, ids);
  }
}
