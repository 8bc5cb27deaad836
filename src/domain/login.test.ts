import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { md5Hex, parseAuthorization } from './login.js';

const base64 = (text: string) => Buffer.from(text).toString('base64');

it('puts MD5 in place of a password as the panels do', () => {
  expect(md5Hex('123456')).toBe('e10adc3949ba59abbe56e057f20f883e');
  expect(md5Hex('')).toBe('d41d8cd98f00b204e9800998ecf8427e');
  expect(md5Hex('пароль')).toBe('e242f36f4f95f12966da8fa2efd59992');
});

describe('an Authorization header', () => {
  it.each([undefined, '', ' ', 'Bearer', 'Bearer ', 'bearer\t', 'Basic', 'Basic ', 'BASIC'])(
    'of %j brings no credentials',
    (header) => {
      expect(parseAuthorization(header)).toEqual({ kind: 'none' });
    },
  );

  it.each(['Bearer', 'bearer', 'BEARER'])('brings a token after %s', (scheme) => {
    expect(parseAuthorization(`${scheme}  lh_aB3-._~+/== `)).toEqual({
      kind: 'bearer',
      token: 'lh_aB3-._~+/==',
    });
  });

  it.each(['Basic', 'basic', 'BASIC'])('brings name and password after %s', (scheme) => {
    const header = `${scheme} ${base64('admin:pass:word ž')}`;
    expect(parseAuthorization(header)).toEqual({ kind: 'basic', username: 'admin', password: 'pass:word ž' });
  });

  it('may bring an empty name or password, and base64 without padding', () => {
    expect(parseAuthorization(`Basic ${base64(':')}`)).toEqual({ kind: 'basic', username: '', password: '' });
    expect(parseAuthorization(`Basic ${base64('ab:c').replaceAll('=', '')}`)).toEqual({
      kind: 'basic',
      username: 'ab',
      password: 'c',
    });
  });

  it.each([
    'Digest username="a"',
    'token',
    'Basicx YTpi',
    'Basic !!!',
    'Basic YTpi YTpi',
    `Basic ${base64('no colon')}`,
    `Basic ${Buffer.from([0x61, 0x3a, 0xff]).toString('base64')}`,
    'Bearer a b',
    'Bearer {"a":1}',
    'Bearer žž',
  ])('of %j cannot be read', (header) => {
    expect(parseAuthorization(header)).toEqual({ kind: 'bad' });
  });

  it('keeps a byte order mark, which is part of the name', () => {
    const header = `Basic ${base64('\ufeffa:b')}`;
    expect(parseAuthorization(header)).toEqual({ kind: 'basic', username: '\ufeffa', password: 'b' });
  });

  it('gives back any name without a colon and any password', () => {
    const text = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(text, text, (name, password) => {
        const username = name.replaceAll(':', '');
        const header = `Basic ${base64(`${username}:${password}`)}`;
        expect(parseAuthorization(header)).toEqual({ kind: 'basic', username, password });
      }),
    );
  });
});
