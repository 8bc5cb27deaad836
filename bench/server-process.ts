/** Latchhook in a process of its own. */
import { readConfig } from '../src/config.js';
import { startServer } from '../src/server.js';
import { answerParent, wallMs } from './children.js';

export type ServerApi = {
  start(options: {
    dataDir: string;
    adminPassword: string;
    secretKey?: string;
    /** Default: a SQLite file in the data folder. */
    databaseUrl?: string | null;
  }): Promise<{ url: string }>;
  /** The most memory that the process has held so far, in MB. */
  memory(nothing: null): Promise<number>;
  /** What the process has used so far, user and system, and when that was. */
  cpu(nothing: null): Promise<{ cpuMs: number; atMs: number }>;
  stop(nothing: null): Promise<null>;
};

let server: Awaited<ReturnType<typeof startServer>> | null = null;

answerParent<ServerApi>({
  async start({ dataDir, adminPassword, secretKey, databaseUrl }) {
    server = await startServer(
      readConfig(
        {
          LATCHHOOK_PORT: '0',
          LATCHHOOK_DATA_DIR: dataDir,
          LATCHHOOK_ADMIN_PASSWORD: adminPassword,
          ...(secretKey && { LATCHHOOK_SECRET_KEY: secretKey }),
          ...(databaseUrl && { LATCHHOOK_DATABASE_URL: databaseUrl }),
          // Webhooks of a filled store lead nowhere, and nothing may go there.
          LATCHHOOK_EGRESS: 'public',
          LATCHHOOK_EGRESS_ALLOW: '127.0.0.0/8',
          LATCHHOOK_LOG_LEVEL: 'warn',
        },
        {},
        dataDir,
      ),
    );
    return { url: server.url };
  },
  async memory() {
    return process.resourceUsage().maxRSS / 1024;
  },
  async cpu() {
    const { user, system } = process.cpuUsage();
    return { cpuMs: (user + system) / 1000, atMs: wallMs() };
  },
  async stop() {
    await server?.stop();
    return null;
  },
});
