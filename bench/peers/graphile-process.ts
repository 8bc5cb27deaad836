/** graphile-worker as its documentation tunes it: jobs fetched and ended in groups. */
import { Logger, makeWorkerUtils, type Runner, run, type WorkerUtils } from 'graphile-worker';
import { answerParent } from '../children.js';
import { CONNECTIONS, type Payload, type PeerApi, payloads, SignedPost } from './signed-post.js';

const BATCH = 1000;
const quiet = new Logger(() => () => {});

let url = '';
let utils: WorkerUtils | null = null;
let post: SignedPost | null = null;
let runner: Runner | null = null;

answerParent<PeerApi>({
  async start({ databaseUrl, receiverUrl }) {
    url = databaseUrl;
    post = new SignedPost(receiverUrl);
    utils = await makeWorkerUtils({ connectionString: url, logger: quiet });
    await utils.migrate();
    return null;
  },
  async enqueue(count) {
    for (let stored = 0; stored < count; stored += BATCH) {
      await utils?.addJobs(payloads(BATCH).map((payload) => ({ identifier: 'deliver', payload })));
    }
    return null;
  },
  async work() {
    runner = await run({
      logger: quiet,
      noHandleSignals: true,
      preset: {
        worker: {
          connectionString: url,
          concurrentJobs: CONNECTIONS,
          maxPoolSize: 10,
          localQueue: { size: 500 },
          completeJobBatchDelay: 0,
          failJobBatchDelay: 0,
        },
      },
      taskList: { deliver: async (payload) => post?.send(payload as Payload) },
    });
    return null;
  },
  async stop() {
    await runner?.stop();
    return null;
  },
});
