/** Latchhook as its users start it, and a client that is logged in. */
import { Client } from '../../faults/client.js';
import { afterwards } from '../ephemeral.js';
import { type ProcessOptions, type ServerProcess, startProcess } from '../process.js';
import { folderWith } from './folder.js';

export interface ForeignServer {
  readonly server: ServerProcess;
  readonly client: Client;
  readonly url: string;
  readonly port: number;
}

/** Ends after the test. */
export async function latchhook(options: Omit<ProcessOptions, 'dataDir'> = {}): Promise<ForeignServer> {
  const dataDir = await folderWith();
  const server = await startProcess({ main: 'dist/src/cli/latchhook.cjs', dataDir, ...options });
  afterwards(async () => {
    server.kill('SIGKILL');
    await server.exited;
  });
  const client = await Client.logIn(server.url);
  return { server, client, url: server.url, port: Number(new URL(server.url).port) };
}
