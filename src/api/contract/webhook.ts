import { type Static, type TSchema, type TStringOptions, Type } from 'typebox';
import { EVENT_TYPES } from '../../domain/event-types.js';
import { FORBIDDEN_HEADERS } from '../../domain/forbidden-headers.js';
import { WEBHOOK_LIMITS } from '../../domain/webhook-rules.js';
import { listOf } from './list.js';
import { Uid } from './uid.js';

export const EventType = Type.String({ enum: [...EVENT_TYPES] });

const Status = Type.Union([Type.Literal('active'), Type.Literal('disabled')]);
interface Range {
  readonly min: number;
  readonly max: number;
}

const characters = ({ min, max }: Range, description: string, further: TStringOptions = {}) =>
  Type.String({ minLength: min, maxLength: max, description, ...further });
const number = ({ min, max }: Range, description: string) =>
  Type.Integer({ minimum: min, maximum: max, description });
/** Null clears it, and left out it stays as it is. */
const clearable = <T extends TSchema & { description?: string }>(schema: T) =>
  Type.Optional(Type.Union([schema, Type.Null()], { description: schema.description ?? '' }));

/** Not all that makes a URL: a client that checks it is still told the rest. */
const URL_PATTERN = '^[hH][tT][tT][pP][sS]?:\\/\\/[^\\s\\\\]+$';

/** What the text of `headers` holds, as far as a schema can say it: a name may not come twice in another case. */
const HEADERS_WITHIN = {
  contentMediaType: 'application/json',
  contentSchema: {
    type: 'object',
    propertyNames: { pattern: "^[!#$%&'*+\\-.^_`|~0-9A-Za-z]+$", not: { enum: [...FORBIDDEN_HEADERS] } },
    additionalProperties: { type: 'string', pattern: '^[\\t\\x20-\\x7e]*$' },
  },
};

/** What POST and PUT take. The rules are judged in the domain, which has the order of checks and the texts. */
export const WebhookBody = Type.Object({
  url: characters(WEBHOOK_LIMITS.url, '`http://` or `https://`, without white space and `user:password@`.', {
    pattern: URL_PATTERN,
  }),
  status: Status,
  event_types: Type.Array(EventType, { minItems: 1, description: 'What it is told of.' }),
  max_retries: number(WEBHOOK_LIMITS.maxRetries, 'Further attempts after the first.'),
  secret: clearable(characters(WEBHOOK_LIMITS.secret, 'Signs what is sent; without one nothing is signed.')),
  timeout: clearable(
    number(WEBHOOK_LIMITS.timeout, 'ms to connect, to write and to read, each; default 10000.'),
  ),
  headers: clearable(
    characters(
      WEBHOOK_LIMITS.headers,
      'JSON text of an object, name to value: headers to send besides.',
      HEADERS_WITHIN,
    ),
  ),
  description: clearable(characters(WEBHOOK_LIMITS.description, 'For people.')),
  ordered: clearable(
    Type.Boolean({ description: 'One attempt at a time, strictly in the order of acceptance.' }),
  ),
  rate_limit: clearable(number(WEBHOOK_LIMITS.rateLimit, 'Attempts that may begin in any second.')),
  max_age: clearable(
    number(WEBHOOK_LIMITS.maxAge, 'Seconds; older events are not sent any more, and end as `expired`.'),
  ),
});
export type WebhookBody = Static<typeof WebhookBody>;

/** What PUT takes. */
export const WebhookReplacement = Type.Object({
  ...WebhookBody.properties,
  held: Type.Optional(
    Type.Union([Type.Literal('release'), Type.Literal('expire'), Type.Null()], {
      description:
        'Not kept. What enabling the webhook does with what was held: `release` (default) or `expire`.',
    }),
  ),
});

export const WEBHOOK_BODY_EXAMPLE = {
  url: 'https://building.example/hook',
  status: 'active',
  event_types: ['log.access_granted_by_valid_identifier', 'log.door_was_opened'],
  max_retries: 5,
  secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  timeout: 5000,
  headers: '{"X-Building":"north"}',
  description: 'Attendance of the north building',
  ordered: false,
  rate_limit: 100,
  max_age: 3600,
} satisfies Static<typeof WebhookBody>;

/** What `GET /webhooks/{webhook-uid}` answers: every member, `null` where it is not set. */
export const WebhookEntity = Type.Object({
  item_uid: Uid,
  url: Type.String(),
  /** `***` for those who may not see it. */
  secret: Type.Union([Type.String(), Type.Null()]),
  status: Status,
  /** ms; the default where none is set. */
  timeout: Type.Integer(),
  /** JSON text; values are `***` for those who may not see them. */
  headers: Type.Union([Type.String(), Type.Null()]),
  description: Type.Union([Type.String(), Type.Null()]),
  /** One attempt at a time, strictly in the order of acceptance. */
  ordered: Type.Boolean(),
  /** Attempts that may begin in any second. */
  rate_limit: Type.Union([Type.Integer(), Type.Null()]),
  /** Seconds; older events are not sent any more, their deliveries end as `expired`. */
  max_age: Type.Union([Type.Integer(), Type.Null()]),
  event_types: Type.Array(EventType),
  max_retries: Type.Integer(),
  /** Why the server disabled it. */
  disabled_reason: Type.Union([Type.Literal('receiver-gone'), Type.Literal('failing-too-long'), Type.Null()]),
  /** `open`: what it is owed is held, and only probes are sent; `draining`: it answers again, and what waits goes out. */
  health: Type.Union([Type.Literal('healthy'), Type.Literal('open'), Type.Literal('draining')]),
  /** ms; while it is `open`. */
  failing_since: Type.Union([Type.Integer(), Type.Null()]),
  /** ms; while it is `open`. */
  next_probe_at: Type.Union([Type.Integer(), Type.Null()]),
});
export type WebhookEntity = Static<typeof WebhookEntity>;

export const WEBHOOK_EXAMPLE = {
  item_uid: 1,
  ...WEBHOOK_BODY_EXAMPLE,
  disabled_reason: null,
  health: 'healthy',
  failing_since: null,
  next_probe_at: null,
} satisfies WebhookEntity;

export const WebhookItem = Type.Omit(WebhookEntity, ['secret']);
export type WebhookItem = Static<typeof WebhookItem>;

export const WebhookList = listOf(WebhookItem);
export type WebhookList = Static<typeof WebhookList>;
