import { existsSync } from 'node:fs';
import { Passwords } from '../api/passwords.js';
import { systemClock } from '../clock.js';
import { type Flags, readOwnConfig } from '../config.js';
import { openConfiguredStore } from '../configured-store.js';
import { md5Hex } from '../domain/login.js';
import { refuseBadPassword } from '../domain/user-rules.js';
import { readPassword } from './read-password.js';

/** `latchhook user passwd <name>`. @throws Error with a line for the operator */
export async function changePassword(name: string, flags: Flags): Promise<void> {
  const config = readOwnConfig(flags);
  const file = /^sqlite:(.*)$/s.exec(config.databaseUrl)?.[1];
  // Opening would create it, and then there would be no user in it.
  if (file !== undefined && !existsSync(file)) {
    throw new Error(`there is no database at ${file}; see LATCHHOOK_DATA_DIR (--data-dir)`);
  }
  const store = await openConfiguredStore(config, systemClock, 'tool');
  try {
    if (!(await store.people.userByName(name))) throw new Error(`there is no user ${name}`);
    const password = await readPassword(process.stdin, process.stderr);
    refuseBadPassword(password);
    const hash = await new Passwords().hash(md5Hex(password));
    if (!(await store.people.setPassword(name, hash))) throw new Error(`there is no user ${name}`);
    process.stderr.write(`The password of ${name} is set; its log-ins have ended.\n`);
  } finally {
    await store.close();
  }
}
