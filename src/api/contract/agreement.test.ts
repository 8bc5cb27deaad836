import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { END_STATES } from '../../domain/delivery.js';
import { type ErrorCode, Refusal } from '../../domain/errors.js';
import { readReport } from '../../domain/event-input.js';
import { EVENT_TYPES } from '../../domain/event-types.js';
import { readKey } from '../../domain/key-rules.js';
import { readResend } from '../../domain/resend-input.js';
import { atOnce } from '../../domain/steps.js';
import { readUser, readUserChange } from '../../domain/user-rules.js';
import { readReplacement, readWebhook } from '../../domain/webhook-rules.js';
import { EventsBody } from './event.js';
import { KeyBody } from './key.js';
import { ResendBody } from './resend.js';
import { UserBody, UserChangeBody } from './user.js';
import { WebhookBody, WebhookReplacement } from './webhook.js';

/** Of a wrong type for most members. */
const STRANGE = fc.constantFrom<unknown>(
  null,
  true,
  0,
  -1,
  1.5,
  2 ** 31,
  1e300,
  '',
  'x',
  [],
  {},
  [1],
  [null],
);

/** So that also a body of many members is often right in all of them. */
const mostly = <T, U>(right: fc.Arbitrary<T>, wrong: fc.Arbitrary<U>): fc.Arbitrary<T | U> =>
  fc.oneof({ weight: 15, arbitrary: right }, { weight: 1, arbitrary: wrong });

/** Texts whose length is about `min` or `max`, of one unit of UTF-16 a character or of two. */
const textAround = (min: number, max: number) =>
  fc
    .tuple(
      fc.constantFrom('x', 'é', '𝄞'),
      mostly(fc.constantFrom(min, min + 1, max - 1, max), fc.constantFrom(Math.max(0, min - 1), max + 1)),
    )
    .map(([character, length]) => character.repeat(length));

const numberAround = (min: number, max: number) =>
  mostly(
    fc.constantFrom(min, min + 1, max - 1, max),
    fc.constantFrom(min - 1, min + 0.5, max + 1, -1, 2 ** 31),
  );

const eventType = mostly(fc.constantFrom(...EVENT_TYPES), fc.constantFrom('log.nothing', ''));
const usually = <T>(common: fc.Arbitrary<T>): fc.Arbitrary<unknown> => mostly(common, STRANGE);

/** Objects that are mostly whole. */
type Members = Record<string, fc.Arbitrary<unknown>>;

function bodies(required: Members, optional: Members = {}): fc.Arbitrary<unknown> {
  const members: Members = { ...required, ...optional, unknown: STRANGE };
  const names = Object.keys(required);
  return fc
    .record(members, { requiredKeys: names })
    .chain((body) =>
      fc.oneof(
        { weight: 10, arbitrary: fc.constant<unknown>(body) },
        { weight: 1, arbitrary: fc.constantFrom(...names).map((name) => without(body, name)) },
        { weight: 1, arbitrary: STRANGE },
      ),
    );
}

function without(body: object, name: string): unknown {
  return Object.fromEntries(Object.entries(body).filter(([key]) => key !== name));
}

const webhookWith = (further: Members) =>
  bodies(
    {
      url: usually(
        fc.oneof(
          fc.constantFrom('http://a', 'https://building.example/hook', 'HTTP://b/?c#d'),
          textAround(0, 1991).map((path) => `http://b/${path}`),
          fc.constantFrom('ftp://a', 'http:/', 'http://a b', 'http://u:p@a', 'http://a\\b', 'a'),
        ),
      ),
      status: usually(mostly(fc.constantFrom('active', 'disabled'), fc.constant('Active'))),
      event_types: usually(mostly(fc.array(eventType, { minLength: 1, maxLength: 3 }), fc.constant([]))),
      max_retries: usually(numberAround(1, 5)),
    },
    {
      secret: usually(textAround(16, 128)),
      timeout: usually(numberAround(1000, 30_000)),
      headers: usually(textAround(0, 8182).map((value) => `{"X-A":"${value}"}`)),
      description: usually(textAround(0, 1000)),
      ordered: usually(fc.boolean()),
      rate_limit: usually(numberAround(1, 10_000)),
      max_age: usually(numberAround(1, 31_536_000)),
      ...further,
    },
  );
const WEBHOOK = webhookWith({});
const REPLACEMENT = webhookWith({
  held: usually(mostly(fc.constantFrom('release', 'expire', null), fc.constantFrom('', 'Expire'))),
});

const RESEND = bodies(
  { webhook_uid: usually(mostly(fc.constantFrom(1, 7, 2 ** 53 - 1), fc.constantFrom(0, 2 ** 53))) },
  {
    mode: usually(mostly(fc.constantFrom('deliveries', 'events'), fc.constant('event'))),
    statuses: usually(
      fc.array(mostly(fc.constantFrom(...END_STATES), fc.constantFrom('pending', '')), { maxLength: 3 }),
    ),
    event_types: usually(fc.array(eventType, { maxLength: 3 })),
    sources: usually(fc.array(textAround(1, 64), { maxLength: 3 })),
    from: usually(numberAround(0, 8.64e15)),
    to: usually(numberAround(0, 8.64e15)),
    dry_run: usually(fc.boolean()),
  },
);

const EVENT = bodies(
  { event_type: usually(eventType) },
  {
    source: usually(textAround(1, 64)),
    data: usually(fc.dictionary(fc.string(), STRANGE, { maxKeys: 3 })),
    created_at: usually(numberAround(0, 8.64e15)),
    idempotency_key: usually(textAround(1, 200)),
  },
);
const EVENTS = fc.oneof(EVENT, fc.array(EVENT, { maxLength: 3 }), fc.constant(Array(1001).fill({})));

const ACCOUNT_TYPE = usually(mostly(fc.constantFrom('admin', 'user'), fc.constant('root')));
const PERSON = {
  username: usually(textAround(1, 64)),
  password: usually(textAround(8, 128)),
  account_type: ACCOUNT_TYPE,
};

const STORED = readWebhook(
  { url: 'http://a', status: 'active', event_types: [EVENT_TYPES[0]], max_retries: 1 },
  null,
);

interface Pair {
  schema: object;
  given: fc.Arbitrary<unknown>;
  read(json: unknown): unknown;
  /** Rules that no schema can say. */
  beyond: ErrorCode[];
}

const PAIRS: Record<string, Pair> = {
  webhook: {
    schema: WebhookBody,
    given: WEBHOOK,
    read: (json) => readWebhook(json, null),
    beyond: ['invalid-url', 'invalid-headers', 'invalid-header-name', 'invalid-header-value'],
  },
  'replacement of a webhook': {
    schema: WebhookReplacement,
    given: REPLACEMENT,
    read: (json) => readReplacement(json, STORED),
    beyond: ['invalid-url', 'invalid-headers', 'invalid-header-name', 'invalid-header-value'],
  },
  resend: {
    schema: ResendBody,
    given: RESEND,
    read: readResend,
    beyond: ['statuses-of-events', 'wrong-time-range'],
  },
  events: {
    schema: EventsBody,
    given: EVENTS,
    read: (json) =>
      atOnce(
        readReport(Buffer.from(JSON.stringify(json)), { idempotencyKeyHeader: null, defaultSource: 'x' }),
      ),
    beyond: [],
  },
  user: { schema: UserBody, given: bodies(PERSON), read: readUser, beyond: [] },
  'change of a user': {
    schema: UserChangeBody,
    given: fc.record(PERSON, { requiredKeys: [] }),
    read: readUserChange,
    beyond: [],
  },
  key: {
    schema: KeyBody,
    given: bodies({
      name: usually(textAround(1, 64)),
      scopes: usually(fc.array(fc.constantFrom('events:write', 'read', 'admin', 'write'), { maxLength: 3 })),
    }),
    read: readKey,
    beyond: [],
  },
};

describe('what the document says of a body is what the domain takes', () => {
  test.each(Object.entries(PAIRS))('%s', (_, { schema, given, read, beyond }) => {
    const validate = new Ajv2020({ strict: true, strictTypes: false }).compile(schema);
    const seen = { accepted: 0, refused: 0 };

    fc.assert(
      fc.property(given, (value) => {
        // As it goes over the wire.
        const json: unknown = JSON.parse(JSON.stringify(value) ?? 'null');
        const refusal = refusalOf(() => read(json));
        const byDocument = validate(json);
        if (refusal === null) expect(validate.errors ?? []).toEqual([]);
        else if (byDocument) expect(beyond).toContain(refusal);
        seen[refusal === null ? 'accepted' : 'refused']++;
      }),
      { numRuns: 3000 },
    );

    // Else it would have shown nothing.
    expect(seen.accepted).toBeGreaterThan(100);
    expect(seen.refused).toBeGreaterThan(100);
  });
});

function refusalOf(read: () => unknown): ErrorCode | null {
  try {
    read();
    return null;
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}
