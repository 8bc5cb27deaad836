import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Refusal } from './errors.js';
import type { AcceptedEvent } from './event.js';
import { eventBody } from './event-body.js';
import { type Report, readReport } from './event-input.js';
import { EVENT_TYPES } from './event-types.js';
import { atOnce } from './steps.js';

const TYPE = 'log.tamper_event';

/** Of a report that is not partial. */
function events({ items }: Report): AcceptedEvent[] {
  return items.map((item) => {
    if (item instanceof Refusal) throw item;
    return item;
  });
}

function read(text: string, idempotencyKeyHeader: string | null = null): AcceptedEvent[] | string {
  try {
    const options = { idempotencyKeyHeader, defaultSource: 'gate key' };
    return events(atOnce(readReport(new TextEncoder().encode(text), options)));
  } catch (error) {
    if (error instanceof Refusal && error.status === 400) return error.message;
    throw error;
  }
}

const readJson = (json: unknown, header: string | null = null) => read(JSON.stringify(json), header);
const withMembers = (members: object) => readJson({ event_type: TYPE, ...members });

/** The only event of an accepted body. */
function one(members: object, header: string | null = null): AcceptedEvent {
  const events = readJson({ event_type: TYPE, ...members }, header);
  if (typeof events === 'string' || events.length !== 1 || !events[0]) throw new Error(String(events));
  return events[0];
}

describe('an event', () => {
  it('needs its type alone', () => {
    const bare = { eventType: TYPE, source: 'gate key', data: '{}', createdAt: null, idempotency: null };
    expect(withMembers({})).toEqual([bare]);
    expect(withMembers({ source: null, data: null, created_at: null, idempotency_key: null })).toEqual([
      bare,
    ]);
    expect(withMembers({ event_id: 5, priority: 'high' })).toEqual([bare]);
  });

  it('brings its data along to the letter, made compact', () => {
    const text = `{ "data" : {"card": 12345678901234567890, "card": 1.0,"s":"a \\u0041"} , "event_type":"${TYPE}" }`;
    expect(read(text)).toMatchObject([{ data: '{"card":12345678901234567890,"card":1.0,"s":"a \\u0041"}' }]);
    expect(read(`{"event_type":"${TYPE}","data":{},"d\\u0061ta":{"x":"ž王😀"}}`)).toMatchObject([
      { data: '{"x":"ž王😀"}' },
    ]);
  });

  it.each([
    ['log.unknown', 'Invalid event types'],
    ['', 'Invalid event types'],
    ['tamper_event', 'Invalid event types'],
    [5, 'Wrong JSON body: value event_type was of the wrong type'],
    [null, 'Wrong JSON body: value event_type was of the wrong type'],
    [['log.tamper_event'], 'Wrong JSON body: value event_type was of the wrong type'],
  ])('of the type %j is refused', (event_type, message) => {
    expect(readJson({ event_type })).toBe(message);
  });

  it('is refused for what is missing first, for types next, for rules last, each in the order of the members', () => {
    const broken = { event_type: 'x', source: 5, data: [1], created_at: '1', idempotency_key: {} };
    const wrong = (name: string) => `Wrong JSON body: value ${name} was of the wrong type`;
    expect(readJson({ ...broken, event_type: undefined })).toBe('Wrong JSON body: no value for event_type');
    expect(readJson(broken)).toBe(wrong('source'));
    expect(readJson({ ...broken, source: '' })).toBe(wrong('data'));
    expect(readJson({ ...broken, source: '', data: {} })).toBe(wrong('created_at'));
    expect(readJson({ ...broken, source: '', data: {}, created_at: -1 })).toBe(wrong('idempotency_key'));
    const rules = { source: '', data: { x: 'd'.repeat(70_000) }, created_at: -1, idempotency_key: '' };
    expect(readJson({ ...rules, event_type: 'x' })).toBe('Invalid event types');
    expect(withMembers(rules)).toBe('Source must be at most 64 characters');
    expect(withMembers({ ...rules, source: 's' })).toBe('Event data too large');
    expect(withMembers({ ...rules, source: 's', data: {} })).toBe('Invalid created_at');
    expect(withMembers({ ...rules, source: 's', data: {}, created_at: 0 })).toBe(
      'Idempotency key must be between 1 and 200 characters',
    );
  });

  it('names its source in 1 to 64 characters', () => {
    expect(one({ source: '🚪'.repeat(64) }).source).toBe('🚪'.repeat(64));
    for (const source of ['', '🚪'.repeat(65), 's'.repeat(65)]) {
      expect(withMembers({ source })).toBe('Source must be at most 64 characters');
    }
    expect(withMembers({ source: 'a\0' })).toBe('Wrong JSON body: value source was of the wrong type');
    expect(read(`{"event_type":"${TYPE}","source":"\\ud800"}`)).toBe(
      'Wrong JSON body: value source was of the wrong type',
    );
  });

  it.each(['[1]', '[[]]', '"{}"', '5', 'true'])('is refused with the data %s', (data) => {
    expect(read(`{"event_type":"${TYPE}","data":${data}}`)).toBe(
      'Wrong JSON body: value data was of the wrong type',
    );
  });

  it('has up to 64 KiB of data, counted in bytes of its compact form', () => {
    const fits = 'd'.repeat(65_536 - 8);
    const body = (value: string) =>
      `{"event_type":"${TYPE}","data":{ "x": ${' '.repeat(70_000)}"${value}" }}`;
    expect(read(body(fits))).toMatchObject([{ data: `{"x":"${fits}"}` }]);
    expect(read(body(`${fits}d`))).toBe('Event data too large');
    expect(read(body('ž'.repeat(fits.length / 2)))).toMatchObject([{ source: 'gate key' }]);
    expect(read(body(`${'ž'.repeat(fits.length / 2)}d`))).toBe('Event data too large');
  });

  it('happened at an integer of milliseconds, or of seconds where it is small', () => {
    const createdAt = (spelled: string) => {
      const events = read(`{"event_type":"${TYPE}","created_at":${spelled}}`);
      return typeof events === 'string' ? events : events[0]?.createdAt;
    };
    expect(createdAt('0')).toBe(0);
    expect(createdAt('-0')).toBe(0);
    expect(createdAt('5.0')).toBe(5_000);
    expect(createdAt('99999999999')).toBe(99_999_999_999_000);
    expect(createdAt('100000000000')).toBe(1e11);
    expect(createdAt('99999999999999')).toBe(99_999_999_999_999);
    for (const outside of ['-1', '100000000000000', '8640000000000001', '1e300']) {
      expect(createdAt(outside)).toBe('Invalid created_at');
    }
    for (const other of ['1.5', '1e999', '"5"', '[]', 'false']) {
      expect(createdAt(other)).toBe('Wrong JSON body: value created_at was of the wrong type');
    }
  });

  it.each(['', '5', 'null', '"x"', '{"event_type"', 'event_type=log.tamper_event'])(
    'is refused as the body %j',
    (text) => {
      expect(read(text)).toBe('Wrong JSON body');
    },
  );
});

describe('an idempotency key', () => {
  it('comes in a member or in the header of a single event', () => {
    const { idempotency } = one({ idempotency_key: 'k1' });
    expect(idempotency).toEqual({ key: 'k1', hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(one({}, 'k1').idempotency).toEqual(idempotency);
    expect(one({ idempotency_key: 'k1' }, 'k1').idempotency).toEqual(idempotency);
  });

  it('is refused where member and header differ, or its length is wrong', () => {
    const message = 'Idempotency key must be between 1 and 200 characters';
    expect(readJson({ event_type: TYPE, idempotency_key: 'a' }, 'b')).toBe(message);
    expect(readJson({ event_type: TYPE }, '')).toBe(message);
    expect(readJson({ event_type: TYPE }, 'k'.repeat(201))).toBe(message);
    expect(withMembers({ idempotency_key: '' })).toBe(message);
    expect(withMembers({ idempotency_key: '🔑'.repeat(201) })).toBe(message);
    expect(one({ idempotency_key: '🔑'.repeat(200) }).idempotency?.key).toBe('🔑'.repeat(200));
  });

  it('cannot be a header beside an array', () => {
    expect(readJson([{ event_type: TYPE }], 'k1')).toBe('Idempotency-Key header is for a single event');
  });

  it('goes with a hash that differs whenever the content differs, and not with the key', () => {
    const content = fc.record(
      {
        event_type: fc.constantFrom(...EVENT_TYPES),
        source: fc.constantFrom('a', 'b', 'a","b', 'gate key'),
        data: fc.constantFrom({}, { a: 1 }, { a: '1' }, { b: '"],[' }),
        created_at: fc.constantFrom(0, 1, 10),
      },
      { requiredKeys: ['event_type', 'data'] },
    );
    fc.assert(
      fc.property(content, content, (first, second) => {
        const same = JSON.stringify(ordered(first)) === JSON.stringify(ordered(second));
        const hashes = [one({ ...first, idempotency_key: 'x' }), one({ ...second }, 'y')].map(
          (event) => event.idempotency?.hash,
        );
        expect(hashes[0] === hashes[1]).toBe(same);
      }),
    );
  });

  it('goes with the same hash when only white space or the default source differs', () => {
    const spaced = `{ "event_type":"${TYPE}", "data":{"a":  1}, "idempotency_key":"k" }`;
    const hash = (defaultSource: string, text: string) =>
      events(
        atOnce(readReport(new TextEncoder().encode(text), { idempotencyKeyHeader: null, defaultSource })),
      )[0]?.idempotency?.hash;
    expect(hash('a', spaced)).toBe(hash('b', spaced.replace('  1', '1')));
  });
});

describe('a batch of events', () => {
  it('holds 1 to 1000 in their order', () => {
    const batch = Array.from({ length: 1000 }, (_, n) => ({ event_type: TYPE, data: { n } }));
    const events = readJson(batch);
    expect(Array.isArray(events) && events.map((event) => event.data)).toEqual(
      batch.map(({ data }) => JSON.stringify(data)),
    );
    expect(readJson([])).toBe('Wrong JSON body');
    expect(readJson([...batch, { event_type: TYPE }])).toBe('Too many events');
    expect(readJson(Array.from({ length: 1001 }, () => 5))).toBe('Too many events');
  });

  it('is refused as a whole, naming the first event that is wrong', () => {
    const good = { event_type: TYPE, idempotency_key: 'k' };
    expect(readJson([good, 5])).toBe('Wrong JSON body (item 1)');
    expect(readJson([[good]])).toBe('Wrong JSON body (item 0)');
    expect(readJson([good, good, {}])).toBe('Wrong JSON body: no value for event_type (item 2)');
    expect(readJson([good, { event_type: 'log.x' }, {}])).toBe('Invalid event types (item 1)');
    expect(readJson([good, { ...good, data: 5 }])).toBe(
      'Wrong JSON body: value data was of the wrong type (item 1)',
    );
    expect(readJson([good, { ...good, data: { x: 'd'.repeat(65_536) } }])).toBe(
      'Event data too large (item 1)',
    );
    expect(readJson([good, { ...good, source: '' }])).toBe('Source must be at most 64 characters (item 1)');
  });

  it('gives each event its own data, also where others have none', () => {
    const batch = [
      { event_type: TYPE },
      { event_type: TYPE, data: { a: 1 } },
      { event_type: TYPE, data: null },
    ];
    expect(readJson(batch)).toMatchObject([{ data: '{}' }, { data: '{"a":1}' }, { data: '{}' }]);
  });
});

describe('a body of 8 MiB', () => {
  const LIMIT = 8 * 1024 * 1024 - 100;
  const fill = (text: string) => text.repeat(Math.floor(LIMIT / text.length));
  const deep = '['.repeat(126) + ']'.repeat(126);
  const members = Array.from({ length: 600_000 }, (_, n) => `"${n.toString(36)}":0`).join();

  /** The outcome, and in how many steps it came. */
  function readInSteps(body: string) {
    const reading = readReport(Buffer.from(body), { idempotencyKeyHeader: null, defaultSource: 'x' });
    for (let steps = 1; ; steps++) {
      try {
        const step = reading.next();
        if (step.done) return { outcome: step.value.items.length, steps };
      } catch (error) {
        return { outcome: String(error), steps };
      }
    }
  }

  it.each([
    ['empty objects', `[${fill('{},')}{}]`, 'Too many events', 1],
    ['numbers', `[${fill('0,')}0]`, 'Too many events', 1],
    ['arrays 126 deep', `[${fill(`${deep},`)}0]`, 'Too many events', 1],
    [
      '1000 events, one too many and then nothing that is JSON',
      `[${'{},'.repeat(1000)}{}, oh`,
      'Too many events',
      1,
    ],
    ['one item full of objects', `[[${fill('{},')}{}]]`, 'Wrong JSON body (item 0)', 120],
    ['an event with 600,000 unknown members', `{"event_type":"${TYPE}",${members}}`, 1, 80],
    [
      'an event whose data are full of objects',
      `{"event_type":"${TYPE}","data":{"x":[${fill('{},')}{}]}}`,
      'Event data too large',
      120,
    ],
    ['an event with one long unknown text', `{"event_type":"${TYPE}","x":"${fill('a')}"}`, 1, 2],
    [
      'an event with a time of millions of digits',
      `{"event_type":"${TYPE}","created_at":${fill('9')}}`,
      'Wrong JSON body: value created_at was of the wrong type',
      2,
    ],
    [
      '1000 events with 8 KiB of data each',
      JSON.stringify(
        Array.from({ length: 1000 }, () => ({ event_type: TYPE, data: { x: 'd'.repeat(8200) } })),
      ),
      1000,
      200,
    ],
    [
      'a refused event in front of millions of objects that end in the middle',
      `[{},[${fill('{},')}`,
      'Wrong JSON body',
      120,
    ],
  ])('is judged in steps of bounded work: %s', (_, body, outcome, least) => {
    const read = readInSteps(body);
    expect(String(read.outcome).replace(/^\w+: /, '')).toBe(String(outcome));
    expect(read.steps).toBeGreaterThanOrEqual(least);
  });
});

describe('the body that is sent', () => {
  it("is the vendor's sample, 114 bytes", () => {
    const event = {
      data: '{"test":"success"}',
      createdAt: 1745947873611,
      eventId: 45,
      eventType: 'log.access_granted_by_api_call',
    };
    const body = eventBody(event);
    expect(body).toBe(
      '{"data":{"test":"success"},"created_at":1745947873611,"event_id":45,"event_type":"log.access_granted_by_api_call"}',
    );
    expect(Buffer.byteLength(body)).toBe(114);
  });

  it('spells the largest numbers in full, and each event type as JSON does', () => {
    for (const eventType of EVENT_TYPES) {
      const event = { data: '{}', createdAt: 8.64e15, eventId: Number.MAX_SAFE_INTEGER, eventType };
      expect(eventBody(event)).toBe(
        `{"data":{},"created_at":8640000000000000,"event_id":9007199254740991,"event_type":${JSON.stringify(eventType)}}`,
      );
    }
  });
});

function ordered(content: {
  event_type: string;
  source?: string;
  data: object;
  created_at?: number;
}): unknown[] {
  return [content.event_type, content.source ?? null, content.data, content.created_at ?? null];
}
