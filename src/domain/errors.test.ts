import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ERRORS, Refusal } from './errors.js';

describe('the catalogue of errors', () => {
  it('is documented, each error with its code, status and text', () => {
    const page = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8');
    const rows = page.matchAll(
      /^\| `(?<code>[^`]+)` \| (?<status>\d+) \| `(?<text>[^`]+)` \| (?<when>.+) \|$/gm,
    );
    const documented = [...rows].map(({ groups }) => [
      groups?.['code'],
      Number(groups?.['status']),
      groups?.['text'],
    ]);
    expect(documented).toEqual(Object.entries(ERRORS).map(([code, [status, text]]) => [code, status, text]));
  });

  it('has no text twice', () => {
    const texts = Object.values(ERRORS).map(([, text]) => text);
    expect(new Set(texts).size).toBe(texts.length);
  });
});

describe('a refusal', () => {
  it('names what it is about, however that is spelled', () => {
    expect(new Refusal('no-value', 'url').message).toBe('Wrong JSON body: no value for url');
    expect(new Refusal('wrong-type', '$& %s $1').message).toBe(
      'Wrong JSON body: value $& %s $1 was of the wrong type',
    );
  });

  it('carries its status, its cause, and what stands behind its text', () => {
    const cause = new Error('below');
    const refusal = new Refusal('store-unavailable', '', { cause, retryAfter: 5, suffix: ' (item 2)' });
    expect(refusal).toMatchObject({
      code: 'store-unavailable',
      status: 503,
      message: 'Service unavailable (item 2)',
      retryAfter: 5,
      cause,
    });
    expect(new Refusal('log-in').retryAfter).toBeNull();
  });
});
