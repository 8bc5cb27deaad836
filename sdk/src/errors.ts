/** What was wrong with a request that claimed to be a webhook. */
export type WebhookVerificationCode =
  | 'missing-header'
  | 'malformed-header'
  | 'bad-signature'
  | 'timestamp-too-old'
  | 'timestamp-too-new'
  | 'malformed-body'
  | 'body-too-large'
  | 'body-cut-off';

/**
 * The request is not to be believed, or not to be read. Its message names no secret and no expected
 * signature, so that it can be sent back. Mistakes in the program that verifies are `TypeError`s instead.
 */
export class WebhookVerificationError extends Error {
  override readonly name: string = 'WebhookVerificationError';
  readonly code: WebhookVerificationCode;

  constructor(code: WebhookVerificationCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}

/** `missing-header`: it is not there. `malformed-header`: it is there more than once or spelled impossibly. */
export class WebhookHeaderError extends WebhookVerificationError {
  override readonly name = 'WebhookHeaderError';
  /** In lower case, e.g. `webhook-id`. */
  readonly header: string;

  constructor(code: 'missing-header' | 'malformed-header', header: string) {
    const what = code === 'missing-header' ? 'is missing' : 'is malformed, or comes more than once';
    super(code, `The header ${header} ${what}`);
    this.header = header;
  }
}

/** No signature fits the body, the headers and any of the secrets. */
export class WebhookSignatureError extends WebhookVerificationError {
  override readonly name = 'WebhookSignatureError';

  constructor(header: string) {
    super('bad-signature', `The signature in ${header} does not match`);
  }
}

/** Rightly signed, and sent too long ago or in the future by this machine's clock. */
export class WebhookTimestampError extends WebhookVerificationError {
  override readonly name = 'WebhookTimestampError';
  /** s; negative: in the future */
  readonly ageSeconds: number;

  constructor(ageSeconds: number, toleranceSeconds: number) {
    const old = ageSeconds > 0;
    super(
      old ? 'timestamp-too-old' : 'timestamp-too-new',
      `Sent ${Math.abs(ageSeconds)} s ${old ? 'ago' : 'in the future'}, and only ${toleranceSeconds} s are allowed`,
    );
    this.ageSeconds = ageSeconds;
  }
}

/**
 * `malformed-body`: rightly signed, and not the JSON of an event. From the plug-ins alone: `body-too-large` and
 * `body-cut-off`, which were not read to their end.
 */
export class WebhookBodyError extends WebhookVerificationError {
  override readonly name = 'WebhookBodyError';

  constructor(
    code: 'malformed-body' | 'body-too-large' | 'body-cut-off',
    message: string,
    options?: { cause?: unknown },
  ) {
    super(code, message, options);
  }
}
