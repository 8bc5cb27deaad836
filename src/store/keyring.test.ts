import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { KeyringError, openKeyring } from './keyring.js';

const PLACE = { table: 'webhook_version', column: 'secret', uid: 7 };

describe('the keyring', () => {
  let directory: string;
  let file: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'latchhook-keyring-'));
    file = join(directory, 'data', 'secret-key');
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  test('makes a key of its own once, for nobody else to read, and leaves nothing beside it', () => {
    const first = openKeyring({ file });
    const again = openKeyring({ file });

    expect(again.keyId).toBe(first.keyId);
    expect(Buffer.from(readFileSync(file, 'utf8'), 'base64')).toHaveLength(32);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(directory, 'data'))).toEqual(['secret-key']);
  });

  test('takes a key from the settings in base64 or hex, and then makes no file', () => {
    const key = randomBytes(32);
    const spellings = [
      key.toString('base64'),
      key.toString('base64url'),
      key.toString('hex'),
      ` ${key.toString('hex').toUpperCase()}\n`,
    ];

    const rings = spellings.map((secretKey) => openKeyring({ secretKey, file }));

    expect(new Set(rings.map(({ keyId }) => keyId)).size).toBe(1);
    expect(() => statSync(file)).toThrow();
  });

  test.for([
    '',
    'short',
    randomBytes(31).toString('base64'),
    `${randomBytes(32).toString('hex')}ff`,
    'é'.repeat(64),
  ])('refuses what is not 32 bytes, naming where it stands: %s', (text) => {
    openKeyring({ file });
    writeFileSync(file, text);
    expect(() => openKeyring({ file })).toThrow(`${file} must be 32 bytes in base64 or hex`);
    if (text === '') return;
    expect(() => openKeyring({ secretKey: text, file })).toThrow('LATCHHOOK_SECRET_KEY must be 32 bytes');
    const secretKey = randomBytes(32).toString('hex');
    expect(() => openKeyring({ secretKey, oldKey: text, file })).toThrow('LATCHHOOK_SECRET_KEY_OLD must be');
  });

  test('gives any text back, never the same ciphertext twice', () => {
    const ring = openKeyring({ file });

    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const [one, other] = [ring.encrypt(PLACE, text), ring.encrypt(PLACE, text)];
        expect(one).not.toBe(other);
        expect(one).toMatch(/^v1\.[0-9a-f]{8}\.[\w-]{16}\.[\w-]+$/);
        expect(ring.decrypt(PLACE, one)).toBe(text);
      }),
    );
  });

  test('opens a ciphertext only where it was made, and only unchanged', () => {
    const ring = openKeyring({ file });
    const text = ring.encrypt(PLACE, 'a secret');

    for (const place of [
      { ...PLACE, uid: 8 },
      { ...PLACE, column: 'headers' },
      { ...PLACE, table: 'user' },
    ]) {
      expect(() => ring.decrypt(place, text)).toThrow(KeyringError);
    }
    const parts = text.split('.');
    const changed = [
      text.slice(0, -2),
      `v2${text.slice(2)}`,
      `${text}.x`,
      [...parts.slice(0, 3), `A${parts[3]?.slice(1)}`].join('.'),
      [...parts.slice(0, 2), 'AAAA', parts[3]].join('.'),
      [...parts.slice(0, 3), 'AAAA'].join('.'),
      '',
    ].filter((one) => one !== text);
    for (const one of changed) expect(() => ring.decrypt(PLACE, one)).toThrow(KeyringError);
  });

  test('opens what the old key made, and makes nothing with it', () => {
    const [oldKey, secretKey] = [randomBytes(32).toString('hex'), randomBytes(32).toString('hex')];
    const old = openKeyring({ secretKey: oldKey, file }).encrypt(PLACE, 'a secret');
    const ring = openKeyring({ secretKey, oldKey, file });

    expect(ring.decrypt(PLACE, old)).toBe('a secret');
    expect([ring.isCurrent(old), ring.isCurrent(ring.encrypt(PLACE, 'x'))]).toEqual([false, true]);
    expect(() => openKeyring({ secretKey, file }).decrypt(PLACE, old)).toThrow('which is not at hand');
  });
});
