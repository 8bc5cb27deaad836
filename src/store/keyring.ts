import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** Where a ciphertext lives; it decrypts nowhere else. */
export interface Place {
  table: string;
  column: string;
  uid: number;
}

export interface Keyring {
  /** Names the key that encrypts; not secret. */
  readonly keyId: string;
  /** Where that key came from, for people: a setting's name or a file's path. */
  readonly source: string;
  /** The file that holds the key, or would hold it. */
  readonly file: string;
  /**
   * When the store was made that the key in the file belongs to, as the file says, ms; null: it does not say, or the
   * key is one of the settings.
   */
  readonly storeCreatedAt: number | null;
  /**
   * Has the file say when its store was made, unless it does already. Call it when that is in the store for good:
   * from then on the key is refused beside an empty one. A file that cannot be written stays as it is.
   */
  noteStore(createdAt: number): void;
  /** `v1.<key id>.<nonce>.<data+tag>`, AES-256-GCM, base64url. */
  encrypt(place: Place, text: string): string;
  /** Throws `KeyringError` for an unknown key, another place, or a changed text. */
  decrypt(place: Place, ciphertext: string): string;
  /** Whether the key that encrypts today made this. */
  isCurrent(ciphertext: string): boolean;
}

export class KeyringError extends Error {
  override readonly name = 'KeyringError';
}

export interface KeyringOptions {
  /** `LATCHHOOK_SECRET_KEY`: 32 bytes in base64 or hex; without it the file's key is used. */
  secretKey?: string | null | undefined;
  /** `LATCHHOOK_SECRET_KEY_OLD`: only decrypts. */
  oldKey?: string | null | undefined;
  /** Absolute path; created with a new key, mode 0600, when it is needed and missing. */
  file: string;
}

interface Key {
  id: string;
  bytes: Buffer;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Throws `KeyringError` for a key that is not 32 bytes, and what the file system throws. */
export function openKeyring(options: KeyringOptions): Keyring {
  const source = options.secretKey ? 'LATCHHOOK_SECRET_KEY' : options.file;
  const text = options.secretKey || readOrCreate(options.file);
  const current = parseKey(text, source);
  let storeCreatedAt = options.secretKey ? null : readNote(text);
  const keys = new Map([[current.id, current]]);
  if (options.oldKey) {
    const old = parseKey(options.oldKey, 'LATCHHOOK_SECRET_KEY_OLD');
    keys.set(old.id, old);
  }
  return {
    keyId: current.id,
    source,
    file: options.file,
    get storeCreatedAt() {
      return storeCreatedAt;
    },
    noteStore(createdAt) {
      if (options.secretKey || storeCreatedAt !== null) return;
      if (writeNote(options.file, createdAt)) storeCreatedAt = createdAt;
    },
    encrypt: (place, text) => encrypt(current, place, text),
    decrypt: (place, ciphertext) => decrypt(keys, place, ciphertext),
    isCurrent: (ciphertext) => ciphertext.split('.')[1] === current.id,
  };
}

function parseKey(text: string, source: string): Key {
  // Lines that begin with # are notes: also where somebody copies the file's content into a setting.
  const trimmed = text.replaceAll(/^#.*$/gm, '').trim();
  const bytes = /^[0-9a-f]{64}$/i.test(trimmed)
    ? Buffer.from(trimmed, 'hex')
    : /^[A-Za-z0-9+/_-]{43}=?$/.test(trimmed)
      ? Buffer.from(trimmed, 'base64')
      : null;
  if (bytes?.length !== 32) throw new KeyringError(`${source} must be 32 bytes in base64 or hex`);
  return {
    bytes,
    id: createHash('sha256').update('latchhook key id').update(bytes).digest('hex').slice(0, 8),
  };
}

const NOTE = /^# of the store made (\d{4,6}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)$/m;

function readNote(text: string): number | null {
  const at = Date.parse(NOTE.exec(text)?.[1] ?? '');
  return Number.isNaN(at) ? null : at;
}

/** At the end, so that the key is never without its file, nor the file without its owner. */
function writeNote(file: string, createdAt: number): boolean {
  let fd: number;
  try {
    fd = openSync(file, constants.O_WRONLY | constants.O_APPEND);
  } catch {
    return false;
  }
  try {
    writeSync(fd, `\n# of the store made ${new Date(createdAt).toISOString()}\n`);
    fsyncSync(fd);
    return true;
  } catch {
    return false;
  } finally {
    closeSync(fd);
  }
}

function aad({ table, column, uid }: Place): Buffer {
  return Buffer.from(`${table}.${column}.${uid}`);
}

function encrypt(key: Key, place: Place, text: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key.bytes, nonce).setAAD(aad(place));
  const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return `v1.${key.id}.${nonce.toString('base64url')}.${data.toString('base64url')}`;
}

function decrypt(keys: Map<string, Key>, place: Place, ciphertext: string): string {
  const where = `${place.table}.${place.column} of ${place.uid}`;
  const [version, id, nonceText, dataText, ...rest] = ciphertext.split('.');
  if (version !== 'v1' || !id || !nonceText || !dataText || rest.length > 0) {
    throw new KeyringError(`${where} is not a ciphertext that this release knows`);
  }
  const key = keys.get(id);
  if (!key) throw new KeyringError(`${where} was encrypted with the key ${id}, which is not at hand`);
  const nonce = Buffer.from(nonceText, 'base64url');
  const data = Buffer.from(dataText, 'base64url');
  if (nonce.length !== NONCE_BYTES || data.length < TAG_BYTES) {
    throw new KeyringError(`${where} was cut short`);
  }
  const decipher = createDecipheriv('aes-256-gcm', key.bytes, nonce)
    .setAAD(aad(place))
    .setAuthTag(data.subarray(-TAG_BYTES));
  try {
    return decipher.update(data.subarray(0, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
  } catch (cause) {
    throw new KeyringError(`${where} was changed, or belongs elsewhere`, { cause });
  }
}

function readOrCreate(file: string): string {
  return read(file) ?? create(file);
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/**
 * The name appears only once the content is on the disk: a crash leaves no half key, and of two processes
 * that start together one creates it and both use it.
 */
function create(file: string): string {
  const directory = dirname(file);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomBytes(6).toString('hex')}.tmp`;
  const text = `${randomBytes(32).toString('base64')}\n`;
  const fd = openSync(draft, 'wx', 0o600);
  try {
    writeSync(fd, text);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    unlinkSync(draft);
  }
  const directoryFd = openSync(directory, 'r');
  try {
    fsyncSync(directoryFd);
  } finally {
    closeSync(directoryFd);
  }
  return readFileSync(file, 'utf8');
}
