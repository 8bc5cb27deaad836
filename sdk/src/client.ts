/** The door of `@latchhook/sdk/client`. */
export { LatchhookClient } from './client/client.js';
export { LatchhookError } from './client/error.js';
export { byCursor, byPage, type Page } from './client/paging.js';
export type * from './client/queries.js';
export { BODY_RULES } from './client/rules.js';
export type * from './client/schemas.js';
export type { StreamMessage } from './client/stream.js';
export type { CallOptions, ClientOptions, Credentials, ServerOptions } from './client/transport.js';
