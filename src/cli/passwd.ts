import { Passwords } from '../api/passwords.js';
import type { Flags } from '../config.js';
import { md5Hex } from '../domain/login.js';
import { refuseBadPassword } from '../domain/user-rules.js';
import { withExistingStore } from './existing-store.js';
import { operator } from './operator.js';
import { readPassword } from './read-password.js';

/** `latchhook user passwd <name>`. @throws Error with a line for the operator */
export function changePassword(name: string, flags: Flags): Promise<void> {
  return withExistingStore(flags, async ({ people }) => {
    const user = await people.userByName(name);
    if (!user) throw new Error(`there is no user ${name}`);
    const password = await readPassword(process.stdin, process.stderr);
    refuseBadPassword(password);
    const passwordHash = await new Passwords().hash(md5Hex(password));
    const change = { username: null, accountType: null, passwordHash };
    const { kind } = await people.changeUser(user.uid, change, operator());
    if (kind !== 'written') throw new Error(`there is no user ${name}`);
    process.stderr.write(`The password of ${name} is set; its log-ins have ended.\n`);
  });
}
