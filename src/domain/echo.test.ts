import { describe, expect, it, test } from 'vitest';
import { maskEchoes } from './echo.js';
import { echoesOf } from './echo-forms.js';

const SECRET = 'a "secret" & <more>/of it\'s é!';

/** The record of `text` where the webhook has these. */
const record = (text: string | null, headers: [string, string][], secret: string | null = null) =>
  maskEchoes(text, echoesOf(secret, headers));

describe('the record of an answer', () => {
  it('hides own header values and the secret that a receiver sends back', () => {
    const said = 'you sent X-Key: key-of-ours-17, key-of-ours-17! and 0123456789abcdef';
    expect(record(said, [['X-Key', 'key-of-ours-17']], '0123456789abcdef')).toBe(
      'you sent X-Key: ***, ***! and ***',
    );
  });

  it.each(['production', 'tower seven', 'application/json', 'yes', 'staging-east'])(
    'leaves the own header value %s alone, which is made of plain words',
    (word) => {
      const said = `the ${word} server is down: "${word}"`;
      expect(record(said, [['X-Environment', word]])).toBe(said);
    },
  );

  it('hides words in a header that is named like a secret', () => {
    expect(record('no correct-horse here', [['X-Api-Key', 'correct-horse']])).toBe('no *** here');
  });

  it('hides a value of an ordinary header as a whole only', () => {
    const headers: [string, string][] = [['X-Place', 'building-7']];
    expect(record('{"at":"building-7"} building-75 mybuilding-7', headers)).toBe(
      '{"at":"***"} building-75 mybuilding-7',
    );
  });

  it('stays absent when no answer came', () => {
    expect(record(null, [['X-Key', 'key-of-ours-17']])).toBeNull();
  });

  it.each([
    ['the longer first', ['longer-1', 'longer-1-and-more']],
    ['the shorter first', ['longer-1-and-more', 'longer-1']],
  ])('hides all of a secret that begins like another, %s', (_name, [one = '', other = '']) => {
    const headers: [string, string][] = [
      ['X-Key', one],
      ['X-Other-Key', other],
    ];
    expect(record('<longer-1-and-more> <longer-1>', headers)).toBe('<***> <***>');
  });

  it('hides all of two secrets that overlap', () => {
    const headers: [string, string][] = [
      ['X-Key', 'abcd-efgh'],
      ['X-Token', 'efgh-ijkl'],
    ];
    expect(record('(abcd-efgh-ijkl)', headers)).toBe('(***)');
  });

  it('hides a secret whose white space the receiver has cut off', () => {
    expect(record('got [key-of-ours-17]', [['X-Key', ' key-of-ours-17\t']])).toBe('got [***]');
  });

  it('hides the credentials of Bearer and Basic without their scheme, and the password of Basic', () => {
    const basic = Buffer.from('gate:open sesame').toString('base64');
    const headers: [string, string][] = [
      ['Authorization', `Basic ${basic}`],
      ['X-Upstream-Authorization', 'Bearer tok_12345678'],
    ];
    expect(record(`tok_12345678, ${basic}, gate:open sesame, open sesame`, headers)).toBe(
      '***, ***, ***, ***',
    );
  });

  it('hides the part of a whsec_ secret that is the key', () => {
    const key = Buffer.alloc(24, 7).toString('base64');
    expect(record(`key ${key}.`, [], `whsec_${key}`)).toBe('key ***.');
  });

  it.each([1, 5, 13])(
    'hides a secret that was cut at the end of the text, %i characters before its end',
    (less) => {
      const secret = '0123456789abcdefgh';
      expect(record(`you sent ${secret.slice(0, secret.length - less)}`, [], secret)).toBe('you sent ***');
    },
  );

  it('leaves the end of an ordinary text alone', () => {
    expect(record('it ends in 012', [], '0123456789abcdefgh')).toBe('it ends in 012');
  });
});

test.each<[string, string]>([
  ['as it is', SECRET],
  ['in JSON', JSON.stringify(SECRET).slice(1, -1)],
  ['in JSON with escapes for all but ASCII', 'a \\"secret\\" & <more>/of it\'s \\u00e9!'],
  ['in JSON of PHP', 'a \\"secret\\" & <more>\\/of it\'s \\u00e9!'],
  ['in JSON of Go', 'a \\"secret\\" \\u0026 \\u003cmore\\u003e/of it\'s é!'],
  ['in a URL', encodeURIComponent(SECRET)],
  ['in a URL with small digits', encodeURIComponent(SECRET).replace(/%../g, (code) => code.toLowerCase())],
  ['in a form', new URLSearchParams({ s: SECRET }).toString().slice(2)],
  ['in HTML of PHP', 'a &quot;secret&quot; &amp; &lt;more&gt;/of it&#039;s é!'],
  ['in HTML of Python', 'a &quot;secret&quot; &amp; &lt;more&gt;/of it&#x27;s é!'],
  ['in HTML of Go', 'a &#34;secret&#34; &amp; &lt;more&gt;/of it&#39;s é!'],
  ['in base64', Buffer.from(SECRET).toString('base64').replace(/=+$/, '')],
  ['in base64 of URLs', Buffer.from(SECRET).toString('base64url')],
  ['as a header reads', Buffer.from(SECRET).toString('latin1')],
])('a secret is hidden %s, and cut there as well', (_name, form) => {
  expect(record(`[${form}]`, [], SECRET)).toBe('[***]');
  expect(record(`[${form.slice(0, -3)}`, [], SECRET)).toBe('[***');
});
