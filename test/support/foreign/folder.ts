/** A temporary folder for one program: its configuration, and what it writes. */
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterwards } from '../ephemeral.js';

/** Removed after the test. Other users may read it: started by root, a program serves as another user. */
export async function folderWith(files: Record<string, string> = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'latchhook-foreign-'));
  afterwards(() => rm(folder, { recursive: true, force: true }));
  await chmod(folder, 0o755);
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return folder;
}
