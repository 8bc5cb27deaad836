import { Passwords } from '../api/passwords.js';
import type { Flags } from '../config.js';
import { md5Hex } from '../domain/login.js';
import { readAccountType, refuseBadPassword, refuseBadUsername } from '../domain/user-rules.js';
import type { User } from '../store/store.js';
import { withExistingStore } from './existing-store.js';
import { operator } from './operator.js';
import { readPassword } from './read-password.js';

/** Read from the store at once. */
const PAGE = 100;

/** `latchhook user add <name>`. @throws Error with a line for the operator */
export function addUser(username: string, { type, ...flags }: Flags & { type?: string }): Promise<void> {
  return withExistingStore(flags, async ({ people }) => {
    refuseBadUsername(username);
    const accountType = readAccountType(type ?? 'user');
    const taken = new Error(`there is a user ${username} already`);
    if (await people.userByName(username)) throw taken;
    const password = await readPassword(process.stdin, process.stderr);
    refuseBadPassword(password);
    const passwordHash = await new Passwords().hash(md5Hex(password));
    if (!(await people.createUser({ username, accountType, passwordHash }, operator()))) throw taken;
    process.stderr.write(`${username} can log in now (${accountType}).\n`);
  });
}

/** `latchhook user remove <name>`. @throws Error with a line for the operator */
export function removeUser(name: string, flags: Flags): Promise<void> {
  return withExistingStore(flags, async ({ people }) => {
    const user = await people.userByName(name);
    const result = user ? await people.removeUser(user.uid, operator()) : 'unknown';
    if (result === 'unknown') throw new Error(`there is no user ${name}`);
    if (result === 'last-administrator') {
      throw new Error(`${name} is the last administrator; add another one before`);
    }
    process.stderr.write(`${name} is removed; its log-ins have ended.\n`);
  });
}

/** `latchhook user list`: a line for each, in the order in which they were made. */
export function listUsers(flags: Flags): Promise<void> {
  return withExistingStore(flags, async ({ people }) => {
    for (let offset = 0; ; offset += PAGE) {
      const { rows } = await people.users({ accountType: null, limit: PAGE, offset, asc: true });
      for (const user of rows) process.stdout.write(line(user));
      if (rows.length < PAGE) return;
    }
  });
}

/** The name last, and as JSON: it may hold anything, also what would move a terminal's cursor. */
function line({ accountType, createdAt, username }: User): string {
  const name = JSON.stringify(username).replace(
    /[\x7f-\x9f]/g,
    (c) => `\\u00${c.charCodeAt(0).toString(16)}`,
  );
  return `${accountType.padEnd(5)}  ${new Date(createdAt).toISOString()}  ${name}\n`;
}
