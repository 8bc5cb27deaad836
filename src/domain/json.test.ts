import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Refusal } from './errors.js';
import { MAX_JSON_VALUES, membersOf, parseJsonBytes } from './json.js';
import { MAX_JSON_DEPTH } from './json-scanner.js';
import { compactAt, itemsOf } from './named-members.js';
import { atOnce } from './steps.js';

const utf8 = (text: string) => new TextEncoder().encode(text);

/** The compact source of member `name` of each item; null where there is none. */
function compactMembers(text: string, name: string): (string | null)[] {
  const bytes = Buffer.from(text);
  const found = atOnce(itemsOf(bytes, [Buffer.from(name)], 1000));
  if (found.kind === 'too-many') throw new Error('too many');
  const items = found.kind === 'one' ? [found.item] : found.items;
  return items.map((item) => (item?.[0] ? compactAt(bytes, item[0], 10_000_000) : null));
}

function refusalOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
  return 'accepted';
}

describe('a JSON body', () => {
  it('may begin with a byte order mark', () => {
    expect(parseJsonBytes(utf8('\ufeff{"a":1}'))).toEqual({ a: 1 });
  });

  it.each([
    ['is empty', utf8('')],
    ['is white space', utf8(' \n')],
    ['is broken', utf8('{"a":')],
    ['has something behind it', utf8('{} {}')],
    ['has a string without an end', utf8('"abc\\"')],
  ])('is refused when it %s', (_, bytes) => {
    expect(refusalOf(() => parseJsonBytes(bytes))).toBe('Wrong JSON body');
  });

  it.each([
    ['is not UTF-8', Uint8Array.of(0x22, 0xc3, 0x28, 0x22)],
    ['spells half of a surrogate pair in UTF-8', Uint8Array.of(0x22, 0xed, 0xa0, 0x80, 0x22)],
  ])('says so when it %s', (_, bytes) => {
    expect(refusalOf(() => parseJsonBytes(bytes))).toBe('Wrong JSON body: not UTF-8');
  });

  it('nests up to the limit and no deeper', () => {
    const nested = (depth: number) => utf8('['.repeat(depth) + ']'.repeat(depth));
    expect(refusalOf(() => parseJsonBytes(nested(MAX_JSON_DEPTH)))).toBe('accepted');
    expect(refusalOf(() => parseJsonBytes(nested(MAX_JSON_DEPTH + 1)))).toBe('Wrong JSON body');
    expect(refusalOf(() => parseJsonBytes(nested(4_000_000)))).toBe('Wrong JSON body');
  });

  it('may have many containers beside each other, and brackets within strings', () => {
    const wide = JSON.stringify(Array.from({ length: 500 }, () => ({ a: '[{"[[' })));
    expect(refusalOf(() => parseJsonBytes(utf8(wide)))).toBe('accepted');
    const text = JSON.stringify('[{'.repeat(500));
    expect(refusalOf(() => parseJsonBytes(utf8(text)))).toBe('accepted');
  });
});

describe('the largest JSON body', () => {
  it('may have a value for each of 10,000 and no more, however they are nested', () => {
    const filled = (n: number, value: string) => utf8(`[${Array.from({ length: n }, () => value).join()}]`);
    expect(refusalOf(() => parseJsonBytes(filled(MAX_JSON_VALUES - 1, '0')))).toBe('accepted');
    expect(refusalOf(() => parseJsonBytes(filled(MAX_JSON_VALUES, '0')))).toBe('Wrong JSON body');
    expect(refusalOf(() => parseJsonBytes(filled(MAX_JSON_VALUES / 2, '[{}]')))).toBe('Wrong JSON body');
    expect(refusalOf(() => parseJsonBytes(filled(MAX_JSON_VALUES / 2, '{"a":{}}')))).toBe('Wrong JSON body');
  });
});

describe('what is JSON', () => {
  const accepted = (text: string) => refusalOf(() => parseJsonBytes(utf8(text))) === 'accepted';
  const parses = (text: string) => {
    try {
      JSON.parse(text);
      return true;
    } catch {
      return false;
    }
  };

  it.each([
    ...['0', '-0', '01', '-', '+1', '1.', '.5', '1.5', '1e', '1e+', '1E-05', '0x1', '1e5.2', 'NaN', '--1'],
    ...['true', 'tru', 'truex', 'nul', 'null', 'False', 'undefined', '"', '"\\"', '"\\x"', '"\\u12"'],
    ...[
      '"\\u12Gf"',
      '"\\uD800"',
      '"a\tb"',
      '"a\u0000b"',
      '"\u007f"',
      "'a'",
      '[',
      ']',
      '[1,]',
      '[,1]',
      '[1 2]',
    ],
    ...[
      '{"a"}',
      '{"a":}',
      '{"a":1,}',
      '{a:1}',
      '{"a":1 "b":2}',
      '{,}',
      '[}',
      '{]',
      '[{]}',
      '{"a":[}]',
      '[1]]',
    ],
    ...[
      '{} ,',
      '\u00a0{}',
      '\u2028[]',
      '\v1',
      ' \t\r\n[ ] ',
      '{"a":1,"a":{"a":[]}}',
      '{"":""}',
      '9'.repeat(5000),
    ],
    ...['"\\', '{"a', '{"a":', '[1', '[1,', '{"a":1', '[[],{},""', '/**/1', '1//', '{"__proto__":[]}'],
  ])('is what JSON.parse takes for it: %s', (text) => {
    expect(accepted(text)).toBe(parses(text));
  });

  it('is so for whatever is cut, doubled or changed in JSON', () => {
    const seen = { accepted: 0, refused: 0 };
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      '\\',
      '\\u',
      '0',
      '-',
      '.',
      'e',
      ' ',
      'true',
      '\n',
      'é',
      '😀',
    );
    const edit = fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      drop: fc.nat(3),
      put: fc.array(piece, { maxLength: 2 }),
    });
    fc.assert(
      fc.property(fc.json(), fc.array(edit, { maxLength: 2 }), (json, edits) => {
        let text = json;
        for (const { at, drop, put } of edits) {
          const place = Math.floor(at * text.length);
          text = text.slice(0, place) + put.join('') + text.slice(place + drop);
        }
        text = Buffer.from(text).toString();
        expect(accepted(text)).toBe(parses(text));
        seen[parses(text) ? 'accepted' : 'refused']++;
      }),
      { numRuns: 3000 },
    );
    expect(Math.min(seen.accepted, seen.refused)).toBeGreaterThan(100);
  });
});

describe('the data of an event', () => {
  it('loses the white space outside its strings and nothing else', () => {
    const text = ' {\t"data" :\r\n{ "b" : [ 1 , { } , "  \\" } " ] ,"a": null } , "x":1 } ';
    expect(compactMembers(text, 'data')).toEqual(['{"b":[1,{},"  \\" } "],"a":null}']);
  });

  it.each([
    '{"card":12345678901234567890}',
    '{"n":[1.0,1e2,-0,0.1000,1E+400]}',
    '{"s":"\\u0041\\/\\ud83d\\ude00\\u0000"}',
    '{"a":1,"a":2,"2":0,"1":0}',
    '{"__proto__":{"x":1}}',
    '{"path":"C:\\\\","next":"\\\\\\""}',
    '{}',
  ])('keeps to the letter: %s', (data) => {
    expect(compactMembers(`{"data":${data},"event_type":"x"}`, 'data')).toEqual([data]);
  });

  it('is found under a key spelled with escapes, and the last of duplicates counts', () => {
    expect(compactMembers('{"data":1,"d\\u0061ta":{"x": 2},"\\u0064ate":3}', 'data')).toEqual(['{"x":2}']);
    expect(compactMembers('{"\\u0064ata":{},"data":[ ]}', 'data')).toEqual(['[]']);
  });

  it('is not looked for deeper than the event', () => {
    expect(compactMembers('{"a":{"data":1},"b":[{"data":2}],"c":"data"}', 'data')).toEqual([null]);
  });

  it('is found in each element of an array', () => {
    const text = '[ {"data": {"n": 1}} , 5,"data", [{"data":1}] ,null,{},{"x":0,"data":"] }"} ]';
    expect(compactMembers(text, 'data')).toEqual(['{"n":1}', null, null, null, null, null, '"] }"']);
    expect(() => compactMembers(' [ ] ', 'data')).toThrow('Wrong JSON body');
    expect(compactMembers('"data"', 'data')).toEqual([null]);
  });

  it('parses to what JSON.parse sees, whatever the white space, and is as short as it can be', () => {
    fc.assert(
      fc.property(fc.array(spacedObject(), { minLength: 1, maxLength: 4 }), (objects) => {
        const text = `[${objects.join(',')}]`;
        const parsed: Record<string, unknown>[] = JSON.parse(text);
        const sources = compactMembers(text, 'data');
        expect(sources.length).toBe(parsed.length);
        parsed.forEach((object, index) => {
          const source = sources[index] ?? null;
          expect(source === null).toBe(!Object.hasOwn(object, 'data'));
          if (source === null) return;
          expect(JSON.parse(source)).toEqual(object['data']);
          expect(source).toBe(spaceless(source));
        });
        if (objects[0] !== undefined) expect(compactMembers(objects[0], 'data')).toEqual([sources[0]]);
      }),
      { numRuns: 1000 },
    );
  });

  it('keeps every number digit for digit', () => {
    const number = fc.stringMatching(/^-?(0|[1-9][0-9]{0,25})(\.[0-9]{1,20})?([eE][+-]?[0-9]{1,3})?$/);
    fc.assert(
      fc.property(fc.array(number), space(), (numbers, gap) => {
        const text = `{"data":[${gap}${numbers.join(`${gap},${gap}`)}${gap}]}`;
        expect(compactMembers(text, 'data')).toEqual([`[${numbers.join(',')}]`]);
      }),
    );
  });

  it('is cut out of the largest body, also when it is nothing but short pieces or escapes', () => {
    const pieces = 1_000_000;
    const list = `[${'1, '.repeat(pieces)}1]`;
    expect(compactMembers(`{"data":${list}}`, 'data')[0]?.length).toBe(2 * pieces + 3);
    const escapes = `"${'\\"'.repeat(pieces)}${'\\\\'.repeat(pieces)}"`;
    expect(compactMembers(`{"data": ${escapes} }`, 'data')[0]?.length).toBe(4 * pieces + 2);
  });
});

describe('the members of an object', () => {
  it('come in their order, duplicates included, with decoded keys', () => {
    const text = '{ "2":"x" ,"a": [1] , "\\u0061":{},"1":true}';
    const members = membersOf(text).map(({ name, source }) => [name, source]);
    expect(members).toEqual([
      ['2', '"x"'],
      ['a', '[1]'],
      ['a', '{}'],
      ['1', 'true'],
    ]);
    expect(membersOf('[1]')).toEqual([]);
    expect(membersOf(' {}')).toEqual([]);
  });
});

function space(): fc.Arbitrary<string> {
  return fc.string({ unit: fc.constantFrom(' ', '\t', '\n', '\r'), maxLength: 3 });
}

/** JSON text of an object whose keys are often `data`, with white space and escapes where JSON allows them. */
function spacedObject(): fc.Arbitrary<string> {
  const key = fc.oneof(
    fc.constantFrom(
      '"data"',
      '"d\\u0061ta"',
      '"\\u0064\\u0061\\u0074\\u0061"',
      '"dat"',
      '"data "',
      '"__proto_"',
    ),
    fc.string({ unit: 'binary' }).map((text) => JSON.stringify(text)),
  );
  const { value } = fc.letrec<{ value: string }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.constantFrom(
        'null',
        'true',
        'false',
        '0',
        '-1.50',
        '12345678901234567890',
        '1e5',
        '""',
        '[]',
        '{ }',
      ),
      fc.string({ unit: 'binary' }).map((text) => JSON.stringify(text)),
      fc
        .string({ unit: fc.constantFrom('\\\\', '\\"', '\\/', '{', ']', ',', ' ', ':') })
        .map((text) => `"${text}"`),
      fc.array(fc.tuple(space(), tie('value'), space()), { maxLength: 4 }).map(listOf('[', ']')),
      fc
        .array(fc.tuple(space(), key, space(), fc.constant(':'), space(), tie('value'), space()), {
          maxLength: 4,
        })
        .map(listOf('{', '}')),
    ),
  }));
  return fc
    .array(fc.tuple(space(), key, space(), fc.constant(':'), space(), value, space()), { maxLength: 5 })
    .chain((members) => space().map((gap) => gap + listOf('{', '}')(members) + gap));
}

function listOf(open: string, close: string): (parts: string[][]) => string {
  return (parts) => open + parts.map((part) => part.join('')).join(',') + close;
}

/** Another way to the same: every string, or every run of white space, one match each. */
function spaceless(source: string): string {
  return source.replace(/"(?:[^"\\]|\\.)*"|[ \t\r\n]+/g, (match) => (match.startsWith('"') ? match : ''));
}
