/**
 * The catalogue of every refusal that a client can see: one code, one HTTP status, one text.
 * Source: `panel-api` contract; clients compare some of the texts exactly, so a text is an interface.
 * `docs/errors.md` lists them; a test compares both.
 */
export const ERRORS = {
  // who is asking
  'log-in': [401, 'Log In'],
  'not-administrator': [403, 'Administrator rights required'],
  'wrong-login': [400, 'Wrong login or password'],
  'login-parameters-missed': [400, 'Required parameters missed'],
  'cross-site': [403, 'Request of another site refused'],
  'too-many-attempts': [429, 'Too many attempts'],
  // the request as such
  'not-found': [404, 'Not found'],
  'method-not-allowed': [405, 'Method not allowed'],
  'body-too-large': [413, 'Request body too large'],
  'request-timeout': [408, 'Request timeout'],
  'headers-too-large': [431, 'Request header fields too large'],
  'bad-request': [400, 'Bad request'],
  'unsupported-encoding': [415, 'Unsupported Content-Encoding'],
  'wrong-encoding': [400, 'Request body is not as its Content-Encoding says'],
  'wrong-json': [400, 'Wrong JSON body'],
  'not-utf8': [400, 'Wrong JSON body: not UTF-8'],
  'no-value': [400, 'Wrong JSON body: no value for %s'],
  'wrong-type': [400, 'Wrong JSON body: value %s was of the wrong type'],
  // uids
  'wrong-webhook-uid': [400, 'Wrong webhook uid'],
  'wrong-webhook-event-uid': [400, 'Wrong webhook event uid'],
  'wrong-event-id': [400, 'Wrong event id'],
  'wrong-user-uid': [400, 'Wrong user uid'],
  'wrong-key-uid': [400, 'Wrong key uid'],
  'wrong-resend-uid': [400, 'Wrong resend uid'],
  // lists
  'wrong-pagination-limit': [400, 'Wrong pagination limit'],
  'wrong-page-number': [400, 'Wrong page number'],
  'wrong-filter-type': [400, 'Wrong filter type'],
  'wrong-filter-field': [400, 'Wrong filter field'],
  'wrong-filter-format': [400, 'Wrong filter format'],
  'wrong-filter-value': [400, 'Wrong filter value'],
  'wrong-sort-type': [400, 'Wrong sort type'],
  'wrong-sort-field': [400, 'Wrong sort field'],
  'wrong-time-format': [400, 'Wrong time format'],
  'wrong-time-range': [400, "Wrong time range: 'to' must be greater then 'from'"],
  // statistics
  'wrong-time-period': [400, 'Wrong time period'],
  'wrong-event-type': [400, 'Wrong event type'],
  'wrong-step': [400, 'Wrong step'],
  'wrong-grouping': [400, 'Wrong grouping'],
  'too-many-points': [400, 'Too many points'],
  // the webhook entity, in the order of the contract's table
  'invalid-url': [400, 'Invalid URL format. Must be HTTP URL'],
  'invalid-status': [400, "Status must be 'active' or 'disabled'"],
  'invalid-event-types': [400, 'Invalid event types'],
  'invalid-max-retries': [400, 'Max retries must be between 1 and 5'],
  'invalid-secret': [400, 'Secret must be between 16 and 128 characters'],
  'secret-with-white-space': [400, 'Secret must not begin or end with white space'],
  'invalid-secret-encoding': [400, 'Secret starts with whsec_ but is not base64 of 16 to 96 bytes'],
  'invalid-timeout': [400, 'Timeout must be between 1000 and 30000'],
  'invalid-headers': [400, 'Invalid headers format. Must be JSON object'],
  'headers-too-long': [400, 'Headers must be at most 8192 characters'],
  'invalid-header-name': [400, 'Invalid header name'],
  'invalid-header-value': [400, 'Invalid header value'],
  'description-too-long': [400, 'Description must be at most 1000 characters'],
  'invalid-rate-limit': [400, 'Rate limit must be between 1 and 10000'],
  'invalid-max-age': [400, 'Max age must be between 1 and 31536000'],
  'invalid-held': [400, "Held must be 'release' or 'expire'"],
  'address-not-allowed': [400, 'URL address is not allowed (%s)'],
  'same-url': [400, 'Webhook with the same URL already exists'],
  'too-many-tests': [429, 'Too many tests at once'],
  // events in
  'invalid-partial': [400, "Partial must be 'true' or 'false'"],
  'too-many-events': [400, 'Too many events'],
  'event-data-too-large': [400, 'Event data too large'],
  'invalid-source': [400, 'Source must be at most 64 characters'],
  'invalid-created-at': [400, 'Invalid created_at'],
  'invalid-idempotency-key': [400, 'Idempotency key must be between 1 and 200 characters'],
  'idempotency-key-of-array': [400, 'Idempotency-Key header is for a single event'],
  'idempotency-conflict': [400, 'Idempotency key was used with another event'],
  'too-many-deliveries': [413, 'Too many deliveries'],
  // sending again and cancelling
  'test-delivery': [400, 'Test cannot be resent or cancelled'],
  'delivery-of-deleted': [400, 'Webhook was deleted'],
  'delivery-too-old': [400, 'Event is older than the max age of the webhook'],
  'delivery-ended': [400, 'Webhook event has ended'],
  'invalid-mode': [400, "Mode must be 'deliveries' or 'events'"],
  'invalid-statuses': [400, "Statuses must be 'delivered', 'failed', 'cancelled' or 'expired'"],
  'statuses-of-events': [400, "Statuses are not for mode 'events'"],
  'invalid-sources': [400, 'Sources must be 1 to 100 of 1 to 64 characters'],
  'resend-ended': [400, 'Resend has ended'],
  // people
  'invalid-username': [400, 'Username must be between 1 and 64 characters'],
  'invalid-password': [400, 'Password must be between 8 and 128 characters'],
  'invalid-account-type': [400, "Account type must be 'admin' or 'user'"],
  'same-username': [400, 'User with the same username already exists'],
  'last-administrator': [400, 'The last administrator must stay'],
  'invalid-key-name': [400, 'Key name must be between 1 and 64 characters'],
  'invalid-scopes': [400, "Scopes must be 'events:write', 'read' or 'admin'"],
  // us
  'too-many-own-streams': [429, 'Too many streams of one user or key'],
  'too-many-streams': [503, 'Too many streams'],
  'no-room': [503, 'No room for more events'],
  'store-unavailable': [503, 'Service unavailable'],
  stopping: [503, 'Service is stopping'],
  internal: [500, 'Internal error'],
} as const satisfies Record<string, readonly [status: number, text: string]>;

export type ErrorCode = keyof typeof ERRORS;

/** A request that is refused; becomes HTTP in one place (`api/errors.ts`). */
export class Refusal extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  /** Seconds for `Retry-After`, where the refusal is a matter of time. */
  readonly retryAfter: number | null;

  /** @param detail fills the text's `%s`, where it has one */
  constructor(
    code: ErrorCode,
    detail = '',
    options: { cause?: unknown; retryAfter?: number; suffix?: string } = {},
  ) {
    const [status, text] = ERRORS[code];
    super(text.replace('%s', () => detail) + (options.suffix ?? ''), { cause: options.cause });
    this.name = 'Refusal';
    this.code = code;
    this.status = status;
    this.retryAfter = options.retryAfter ?? null;
  }
}
