import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judged, VALID } from '../../test/support/webhooks.js';
import { EVENT_TYPES } from './event-types.js';
import { FORBIDDEN_HEADERS } from './forbidden-headers.js';
import type { WebhookSpec } from './webhook.js';
import { ownHeaders, urlKey } from './webhook-rules.js';

const STORED: WebhookSpec = {
  url: 'http://old.example/',
  status: 'disabled',
  eventTypes: ['log.device_booted'],
  maxRetries: 1,
  secret: '0123456789abcdef',
  timeout: 2500,
  headers: '{"X-Key":"1"}',
  description: 'front door',
  ordered: true,
  rateLimit: 7,
  maxAge: 60,
};

const withMembers = (members: object) => judged({ ...VALID, ...members });
const wrongType = (name: string) => `Wrong JSON body: value ${name} was of the wrong type`;
const noValue = (name: string) => `Wrong JSON body: no value for ${name}`;

describe('a webhook', () => {
  it('needs four members and leaves the others unset', () => {
    expect(judged(VALID)).toEqual({
      url: 'https://receiver.example/hook',
      status: 'active',
      eventTypes: ['log.tamper_event'],
      maxRetries: 5,
      secret: null,
      timeout: null,
      headers: null,
      description: null,
      ordered: false,
      rateLimit: null,
      maxAge: null,
    });
  });

  it('ignores members it does not know', () => {
    expect(withMembers({ auth_factors: [], item_uid: 'x', held: 7 })).toEqual(judged(VALID));
  });

  it('does not take members from a prototype', () => {
    expect(judged(JSON.parse(`{"__proto__":${JSON.stringify(VALID)}}`))).toBe(noValue('url'));
    expect(judged(Object.create(VALID))).toBe(noValue('url'));
  });

  it.each([[null], [[]], ['text'], [5], [true]])('is refused when the body is %j', (json) => {
    expect(judged(json)).toBe('Wrong JSON body');
  });

  it('is refused for the first missing member, then for the first wrong type, then for the first broken rule', () => {
    const broken = { url: 1, status: 'on', event_types: 1, max_retries: 9, secret: 1 };
    expect(judged({})).toBe(noValue('url'));
    expect(judged({ url: 1, event_types: 1 })).toBe(noValue('status'));
    expect(judged({ url: 1, status: 'on' })).toBe(noValue('event_types'));
    expect(judged({ url: 1, status: 'on', event_types: 1 })).toBe(noValue('max_retries'));
    expect(judged(broken)).toBe(wrongType('url'));
    expect(judged({ ...broken, url: 'x' })).toBe(wrongType('event_types'));
    expect(judged({ ...broken, url: 'x', event_types: [] })).toBe(wrongType('secret'));
    const rules = { ...broken, url: 'x', event_types: [], secret: 'short', timeout: 1, headers: '[' };
    expect(judged(rules)).toBe('Invalid URL format. Must be HTTP URL');
    expect(judged({ ...rules, ...VALID, status: 'on', max_retries: 0 })).toBe(
      "Status must be 'active' or 'disabled'",
    );
    expect(judged({ ...rules, ...VALID, event_types: [], max_retries: 0 })).toBe('Invalid event types');
    expect(judged({ ...rules, ...VALID, max_retries: 0 })).toBe('Max retries must be between 1 and 5');
    expect(judged({ ...rules, ...VALID })).toBe('Secret must be between 16 and 128 characters');
    expect(judged({ ...rules, ...VALID, secret: null })).toBe('Timeout must be between 1000 and 30000');
    expect(judged({ ...rules, ...VALID, secret: null, timeout: null, description: 'd'.repeat(1001) })).toBe(
      'Invalid headers format. Must be JSON object',
    );
  });

  it.each([
    ['url', [null, 1, {}, ['http://x.example'], 'http://x.example/\0', 'http://x.example/\ud800']],
    ['status', [null, true, 'active\0']],
    ['event_types', [null, 'log.tamper_event', {}, [1], [null], [['log.tamper_event']], ['\udc00']]],
    ['max_retries', [null, '3', 2.5, 2 ** 31, -(2 ** 31) - 1, Number.POSITIVE_INFINITY, [3]]],
    ['secret', [1, {}, '0123456789abcde\0']],
    ['timeout', ['2000', 1000.5, 2 ** 31, 1e300]],
    ['headers', [{ 'X-Key': '1' }, 5, '{"a":"\ud800"}']],
    ['description', [5, [], 'half \udfff']],
    ['ordered', [0, 1, 'true', []]],
    ['rate_limit', ['10', 1.5, 2 ** 31, true]],
    ['max_age', ['60', 0.5, 2 ** 31, {}]],
  ])('is refused when %s is of another type', (name, values) => {
    for (const value of values) expect(withMembers({ [name]: value })).toBe(wrongType(name));
  });

  it.each([
    ['rate_limit', 'rateLimit', 10_000, 'Rate limit must be between 1 and 10000'],
    ['max_age', 'maxAge', 31_536_000, 'Max age must be between 1 and 31536000'],
  ])('takes a %s from 1 to its greatest', (name, member, greatest, refusal) => {
    for (const value of [1, greatest])
      expect(withMembers({ [name]: value })).toMatchObject({ [member]: value });
    for (const value of [0, -1, greatest + 1]) expect(withMembers({ [name]: value })).toBe(refusal);
  });

  it('keeps its URL as given', () => {
    for (const url of [
      'http://a',
      'HTTPS://Receiver.Example:443/a/../b?q#f',
      'http://[::1]:8080/',
      'http://bücher.example/ä?ö',
      'http://x.example/@user:password@',
      'http://x.example?a@b',
      `http://x.example/${'ä'.repeat(2000 - 17)}`,
      `http://x.example/${'😀'.repeat(2000 - 17)}`,
    ]) {
      expect(withMembers({ url })).toMatchObject({ url });
    }
  });

  it.each([
    '',
    'abc',
    'http://',
    'ftp://x.example',
    'x.example',
    ' http://x.example',
    'http:/x.example',
    'http://x.example/a b',
    'http://x.example/\u00a0',
    'http://x.example/\n',
    'http://x.example/\u007f',
    'http://x.example/\u0085',
    'http:\\\\x.example',
    'http://x.example\\@y.example',
    'http://user:password@x.example',
    'http://user@x.example',
    'http://@x.example',
    'http:///user:password@x.example',
    'http://x.example:99999',
    'http://[::1',
    'http://1.2.3.4.5',
    'javascript:http://x.example',
    `http://x.example/${'a'.repeat(2000 - 16)}`,
  ])('is refused with the URL %j', (url) => {
    expect(withMembers({ url })).toBe('Invalid URL format. Must be HTTP URL');
  });

  it('never has credentials in its URL, whatever a URL parser makes of the text', () => {
    const piece = fc.constantFrom(
      '/',
      '@',
      ':',
      '?',
      '#',
      'a',
      '%40',
      '[',
      ']',
      '.',
      'user:pw@',
      '\\',
      '\t',
      '１',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const url = `http://${pieces.join('')}x.example`;
        if (typeof withMembers({ url }) === 'string') return;
        const parsed = new URL(url);
        expect([parsed.username, parsed.password, parsed.host === '']).toEqual(['', '', false]);
      }),
      { numRuns: 2000 },
    );
  });

  it('keeps each of its event types once, in the order given', () => {
    const event_types = ['log.tamper_event', 'log.device_booted', 'log.tamper_event'];
    expect(withMembers({ event_types })).toMatchObject({
      eventTypes: ['log.tamper_event', 'log.device_booted'],
    });
    expect(withMembers({ event_types: EVENT_TYPES })).toMatchObject({ eventTypes: EVENT_TYPES });
  });

  it.each([[[]], [['tamper_event']], [['log.tamper_event', 'log.unknown']], [['LOG.TAMPER_EVENT']], [['']]])(
    'is refused with the event types %j',
    (event_types) => {
      expect(withMembers({ event_types })).toBe('Invalid event types');
    },
  );

  it('takes numbers at the ends of their ranges and none beyond', () => {
    for (const max_retries of [1, 5])
      expect(withMembers({ max_retries })).toMatchObject({ maxRetries: max_retries });
    for (const max_retries of [0, -0, 6, -1, 2 ** 31 - 1, -(2 ** 31)]) {
      expect(withMembers({ max_retries })).toBe('Max retries must be between 1 and 5');
    }
    for (const timeout of [1000, 30_000]) expect(withMembers({ timeout })).toMatchObject({ timeout });
    for (const timeout of [999, 30_001, 0, -5000]) {
      expect(withMembers({ timeout })).toBe('Timeout must be between 1000 and 30000');
    }
    expect(judged(JSON.parse(JSON.stringify(VALID).replace('5', '5.0')))).toMatchObject({ maxRetries: 5 });
  });

  it('counts characters as code points', () => {
    for (const secret of ['s'.repeat(16), '🔑'.repeat(16), '🔑'.repeat(128)]) {
      expect(withMembers({ secret })).toMatchObject({ secret });
    }
    for (const secret of ['', 's'.repeat(15), '🔑'.repeat(15), '🔑'.repeat(129), 's'.repeat(129)]) {
      expect(withMembers({ secret })).toBe('Secret must be between 16 and 128 characters');
    }
    const description = '🚪'.repeat(1000);
    expect(withMembers({ description })).toMatchObject({ description });
    expect(withMembers({ description: `${description}!` })).toBe(
      'Description must be at most 1000 characters',
    );
  });
});

describe('the headers of a webhook', () => {
  const headersOf = (headers: string) => withMembers({ headers });

  it('are stored as given and sent in the order of their text', () => {
    const headers = ' {"X-Two": "b","1":"","X-One":"~ \\t\\u0041" ,"__proto__":"p","constructor":"c"} ';
    expect(headersOf(headers)).toMatchObject({ headers });
    expect(ownHeaders(headers)).toEqual([
      ['X-Two', 'b'],
      ['1', ''],
      ['X-One', '~ \tA'],
      ['__proto__', 'p'],
      ['constructor', 'c'],
    ]);
    expect(headersOf('{}')).toMatchObject({ headers: '{}' });
    expect(ownHeaders(null)).toEqual([]);
  });

  it.each(['[]', 'null', '"a"', '5', '{', '{a:1}', ' ', "{'a':'b'}", '\ufeff{}'])(
    'cannot be %j',
    (headers) => {
      expect(headersOf(headers)).toBe('Invalid headers format. Must be JSON object');
    },
  );

  it('have at most 8192 characters, which is judged first', () => {
    const ofLength = (length: number) => `{"a":"${'v'.repeat(length - 8)}"}`;
    expect(headersOf(ofLength(8192))).toMatchObject({ headers: ofLength(8192) });
    expect(headersOf(ofLength(8193))).toBe('Headers must be at most 8192 characters');
    expect(headersOf('['.repeat(8193))).toBe('Headers must be at most 8192 characters');
  });

  it.each([
    '{"":"v"}',
    '{"a b":"v"}',
    '{"a,b":"v"}',
    '{"a:":"v"}',
    '{"a\\n":"v"}',
    '{"ä":"v"}',
    '{"a(":"v"}',
    '{"X-Key":"1","x-kEY":"2"}',
    '{"X-Key":"1","X-Key":"1"}',
    '{"X-Key":"1","X\\u002dKey":"1"}',
    '{"__proto__":"1","__PROTO__":"2"}',
    '{"expect":"100-continue"}',
    '{"Expect":"x"}',
    '{"ok":5,"host":"x"}',
  ])('are refused for the name in %s', (headers) => {
    expect(headersOf(headers)).toBe('Invalid header name');
  });

  it('never have a name that is forbidden, in any letter case', () => {
    const vector: string[] = JSON.parse(
      readFileSync(new URL('../../test/vectors/forbidden-headers.json', import.meta.url), 'utf8'),
    );
    expect([...FORBIDDEN_HEADERS]).toEqual([...vector, 'expect']);
    for (const name of vector) {
      for (const spelled of [name, name.toUpperCase(), name.replace(/^./, (c) => c.toUpperCase())]) {
        expect(headersOf(JSON.stringify({ [spelled]: 'v' }))).toBe('Invalid header name');
      }
    }
  });

  it('may have any token of RFC 7230 as a name', () => {
    const token = "!#$%&'*+-.^_`|~09azAZ";
    expect(ownHeaders(JSON.stringify({ [token]: 'v' }))).toEqual([[token, 'v']]);
    expect(headersOf(JSON.stringify({ [token]: 'v' }))).not.toBeTypeOf('string');
  });

  it.each([
    '{"a":1}',
    '{"a":null}',
    '{"a":["v"]}',
    '{"a":{}}',
    '{"a":"ä"}',
    '{"a":"\\r\\nX: y"}',
    '{"a":"\\u007f"}',
  ])('are refused for the value in %s', (headers) => {
    expect(headersOf(headers)).toBe('Invalid header value');
  });

  it('hold a U+0000 spelled with an escape for what it is: a bad value', () => {
    expect(headersOf('{"a":"\\u0000"}')).toBe('Invalid header value');
  });
});

describe('replacing a webhook', () => {
  it('keeps the optional members that are left out', () => {
    const { secret, timeout, headers, description, ordered, rateLimit, maxAge } = STORED;
    expect(judged(VALID, STORED)).toEqual({
      ...(judged(VALID) as WebhookSpec),
      secret,
      timeout,
      headers,
      description,
      ordered,
      rateLimit,
      maxAge,
    });
  });

  it('clears what is null, and headers and description that are empty', () => {
    const cleared = { secret: null, timeout: null, headers: null, description: null };
    expect(judged({ ...VALID, ...cleared }, STORED)).toMatchObject(cleared);
    expect(judged({ ...VALID, headers: '', description: '' }, STORED)).toMatchObject({
      secret: STORED.secret,
      timeout: STORED.timeout,
      headers: null,
      description: null,
    });
    expect(judged({ ...VALID, headers: '', description: '' })).toMatchObject({
      headers: null,
      description: null,
    });
    expect(judged({ ...VALID, secret: '' }, STORED)).toBe('Secret must be between 16 and 128 characters');
  });

  it('takes order, rate limit and greatest age back with null', () => {
    expect(judged({ ...VALID, ordered: null, rate_limit: null, max_age: null }, STORED)).toMatchObject({
      ordered: false,
      rateLimit: null,
      maxAge: null,
    });
  });

  it('still needs the required members', () => {
    expect(judged({}, STORED)).toBe(noValue('url'));
    expect(judged({ ...VALID, status: null }, STORED)).toBe(wrongType('status'));
  });
});

describe('the identity of a URL', () => {
  it('is its WHATWG form without the fragment', () => {
    const same = [
      'http://x.example',
      'HTTP://X.Example:80/',
      'http://x.example/#a',
      'http://x.example/#',
      'http:///x.example',
    ];
    expect(new Set(same.map(urlKey))).toEqual(new Set(['http://x.example/']));
    expect(urlKey('http://0x7f.1/a/../b')).toBe('http://127.0.0.1/b');
  });

  it('differs by scheme, port, path and query', () => {
    const urls = [
      'http://x.example/',
      'https://x.example/',
      'http://x.example:81/',
      'http://x.example/a',
      'http://x.example/?a',
    ];
    expect(new Set(urls.map(urlKey)).size).toBe(urls.length);
  });
});
