import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config.js';
import { SYSTEM } from '../domain/actor.js';
import { md5Hex } from '../domain/login.js';
import { hasLength } from '../domain/shape.js';
import { PASSWORD_LENGTH } from '../domain/user-rules.js';
import { isQuoted, SettingError } from '../settings.js';
import type { Store } from '../store/store.js';
import type { RandomBytes } from './parts.js';
import { Passwords } from './passwords.js';
import { randomText } from './tokens.js';

export const FIRST_ADMINISTRATOR = 'admin';

/** The file of this data folder that a generated password is written to. */
export const passwordFileOf = (dataDir: string): string => join(dataDir, 'initial-password');

/** Without the characters that people mistake for each other. */
const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789';
/** 116 bits. */
const LENGTH = 20;

export interface FirstAdministratorParts {
  store: Store;
  config: Pick<Config, 'adminPassword' | 'dataDir'>;
  randomBytes: RandomBytes;
  /** Where a person reads it at once; null: nobody does. */
  terminal: ((line: string) => void) | null;
}

/**
 * Makes the administrator `admin` where there are no users yet. A generated password is printed to the
 * terminal, else written to `initial-password` in the data folder; it is never logged.
 *
 * @throws SettingError when the password of the setting is too short or too long, or in quotes
 * @returns the file that the password was written to, null when there is none
 */
export async function ensureFirstAdministrator(parts: FirstAdministratorParts): Promise<string | null> {
  const { store, config, terminal } = parts;
  if ((await store.people.countUsers()) > 0) return null;
  const given = config.adminPassword;
  if (given !== null && !hasLength(given, PASSWORD_LENGTH.min, PASSWORD_LENGTH.max)) {
    const { min, max } = PASSWORD_LENGTH;
    throw new SettingError(`LATCHHOOK_ADMIN_PASSWORD must have ${min} to ${max} characters`);
  }
  if (given !== null && isQuoted(given)) {
    throw new SettingError(
      'LATCHHOOK_ADMIN_PASSWORD has quotes around it, which would be part of it: take them away',
    );
  }
  const password = given ?? randomText(parts.randomBytes, ALPHABET, LENGTH);
  // Before the user exists: a crash in between must not leave an account that nobody can enter.
  const file = given === null && !terminal ? writePassword(config.dataDir, password) : null;
  const passwordHash = await new Passwords().hash(md5Hex(password));
  const user = await store.people.createUser(
    { username: FIRST_ADMINISTRATOR, accountType: 'admin', passwordHash },
    SYSTEM,
  );
  // Another node was faster: what stands in the file is nobody's password.
  if (!user && file) rmSync(file, { force: true });
  if (!user) return null;
  if (given === null) terminal?.(`The first administrator is ${FIRST_ADMINISTRATOR}, password ${password}`);
  return file;
}

function writePassword(dataDir: string, password: string): string {
  const file = passwordFileOf(dataDir);
  // One that is left over could be readable for others: a mode is given to new files only.
  rmSync(file, { force: true });
  writeFileSync(file, `${password}\n`, { mode: 0o600, flag: 'wx' });
  return file;
}
