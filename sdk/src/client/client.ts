// Generated from docs/openapi.json by `npm run openapi`.

import { byCursor, byPage } from './paging.js';
import type {
  AcceptEventsQuery,
  CancelDeliveryQuery,
  GetDashboardQuery,
  GetDeliveryQuery,
  GetStatisticsQuery,
  ListAuditQuery,
  ListDeliveriesQuery,
  ListEventsQuery,
  ListEventTypesQuery,
  ListKeysQuery,
  ListLogQuery,
  ListResendsQuery,
  ListRetriesQuery,
  ListUsersQuery,
  ListWebhooksQuery,
  LogInAsPanelQuery,
  ResendDeliveryQuery,
  TestWebhookQuery,
} from './queries.js';
import type {
  AcceptedAnswer,
  AuditList,
  Created,
  CreatedKey,
  Dashboard,
  Delivery,
  DeliveryItem,
  DeliveryList,
  Event,
  EventBody,
  EventList,
  EventTypes,
  Info,
  KeyBody,
  KeyList,
  LoginAnswer,
  LoginBody,
  LogList,
  ResendBody,
  ResendItem,
  ResendList,
  RetryQueue,
  StartedResend,
  Statistics,
  System,
  UserBody,
  UserChangeBody,
  UserList,
  WebhookBody,
  WebhookEntity,
  WebhookList,
  WebhookReplacement,
} from './schemas.js';
import { type CallOptions, Transport } from './transport.js';

/** Every call of the API. Each rejects with a `LatchhookError` when it is refused, else as `fetch` does. */
export class LatchhookClient extends Transport {
  /**
   * Get a token, as clients of panels do. `GET /api/v1/login`
   *
   * The token lives for 2 hours. Any `Authorization` header is ignored.
   */
  logInAsPanel(query: LogInAsPanelQuery, options: CallOptions = {}): Promise<LoginAnswer> {
    return this.request('GET', '/api/v1/login', { query, options });
  }

  /**
   * Get a token, without a password in a URL. `POST /api/v1/login`
   *
   * The token lives for 2 hours. The password is plain.
   */
  logIn(body: LoginBody, options: CallOptions = {}): Promise<LoginAnswer> {
    return this.request('POST', '/api/v1/login', { body, options });
  }

  /**
   * End the token that is used. `POST /api/v1/logout`
   */
  logOut(options: CallOptions = {}): Promise<Record<string, never>> {
    return this.request('POST', '/api/v1/logout', { options });
  }

  /**
   * End the token that is used. `GET /api/v1/logout`
   */
  logOutAsPanel(options: CallOptions = {}): Promise<Record<string, never>> {
    return this.request('GET', '/api/v1/logout', { options });
  }

  /**
   * List webhooks. `GET /api/v1/webhooks`
   */
  listWebhooks(query: ListWebhooksQuery = {}, options: CallOptions = {}): Promise<WebhookList> {
    return this.request('GET', '/api/v1/webhooks', { query, options });
  }

  /** Every item of `listWebhooks`, read page by page as they are asked for. */
  allWebhooks(
    query: Omit<ListWebhooksQuery, 'limit' | 'page_number' | 'cursor'> = {},
    options: CallOptions = {},
  ) {
    return byCursor((page) => this.listWebhooks({ ...query, ...page }, options));
  }

  /**
   * Subscribe a URL to event types. `POST /api/v1/webhooks`
   */
  createWebhook(body: WebhookBody, options: CallOptions = {}): Promise<Created> {
    return this.request('POST', '/api/v1/webhooks', { body, options });
  }

  /**
   * Show one webhook. `GET /api/v1/webhooks/{webhook_uid}`
   *
   * Secret and values of headers are shown to administrators; others see `***`.
   */
  getWebhook(webhookUid: number, options: CallOptions = {}): Promise<WebhookEntity> {
    return this.request('GET', `/api/v1/webhooks/${webhookUid}`, { options });
  }

  /**
   * Replace a webhook. `PUT /api/v1/webhooks/{webhook_uid}`
   *
   * An optional member that is left out keeps its value; `null` clears it. After the answer no attempt begins with the old version. Enabling it releases what was held meanwhile, but for what is older than `LATCHHOOK_HELD_HOURS`, or expires all of it with `"held": "expire"`.
   */
  replaceWebhook(
    webhookUid: number,
    body: WebhookReplacement,
    options: CallOptions = {},
  ): Promise<Record<string, never>> {
    return this.request('PUT', `/api/v1/webhooks/${webhookUid}`, { body, options });
  }

  /**
   * Delete a webhook; its open deliveries end as cancelled. `DELETE /api/v1/webhooks/{webhook_uid}`
   */
  deleteWebhook(webhookUid: number, options: CallOptions = {}): Promise<Record<string, never>> {
    return this.request('DELETE', `/api/v1/webhooks/${webhookUid}`, { options });
  }

  /**
   * List deliveries, by when their events were accepted. `GET /api/v1/webhooks/events`
   */
  listDeliveries(query: ListDeliveriesQuery = {}, options: CallOptions = {}): Promise<DeliveryList> {
    return this.request('GET', '/api/v1/webhooks/events', { query, options });
  }

  /** Every item of `listDeliveries`, read page by page as they are asked for. */
  allDeliveries(
    query: Omit<ListDeliveriesQuery, 'limit' | 'page_number' | 'cursor'> = {},
    options: CallOptions = {},
  ) {
    return byCursor((page) => this.listDeliveries({ ...query, ...page }, options));
  }

  /**
   * List deliveries that are being retried. `GET /api/v1/webhooks/events/retry/queue`
   */
  listRetries(query: ListRetriesQuery = {}, options: CallOptions = {}): Promise<RetryQueue> {
    return this.request('GET', '/api/v1/webhooks/events/retry/queue', { query, options });
  }

  /** Every item of `listRetries`, read page by page as they are asked for. */
  allRetries(
    query: Omit<ListRetriesQuery, 'limit' | 'page_number' | 'cursor'> = {},
    options: CallOptions = {},
  ) {
    return byCursor((page) => this.listRetries({ ...query, ...page }, options));
  }

  /**
   * Show a delivery and what became of its attempts. `GET /api/v1/webhooks/events/{webhook_event_uid}`
   *
   * As HTML it is the text of the panels, about the last attempt; as JSON, where `Accept` prefers that, it has every attempt.
   */
  getDelivery(
    webhookEventUid: number,
    query: GetDeliveryQuery = {},
    options: CallOptions = {},
  ): Promise<Delivery> {
    return this.request('GET', `/api/v1/webhooks/events/${webhookEventUid}`, { query, options });
  }

  /**
   * Send a test, and show what became of it. `POST /api/v1/webhooks/{webhook_uid}/test`
   *
   * One attempt without retries, also to a disabled webhook. The answer is 200 also when the receiver fails. The test is a delivery marked `test`, in no log and in no statistics.
   */
  testWebhook(
    webhookUid: number,
    query: TestWebhookQuery = {},
    options: CallOptions = {},
  ): Promise<Delivery> {
    return this.request('POST', `/api/v1/webhooks/${webhookUid}/test`, { query, options });
  }

  /**
   * Send a delivery again. `POST /api/v1/webhooks/events/{webhook_event_uid}/resend`
   *
   * It keeps its `webhook-id`, goes on counting `X-Webhook-Attempt`, says `X-Webhook-Resend: 1`, and gets all its retries. One that is open gets its next attempt now; held, it waits until its webhook takes attempts. Answers how it stands then, before that attempt.
   */
  resendDelivery(
    webhookEventUid: number,
    query: ResendDeliveryQuery = {},
    options: CallOptions = {},
  ): Promise<DeliveryItem> {
    return this.request('POST', `/api/v1/webhooks/events/${webhookEventUid}/resend`, { query, options });
  }

  /**
   * End an open delivery as cancelled. `POST /api/v1/webhooks/events/{webhook_event_uid}/cancel`
   *
   * An attempt that is under way goes on, and what comes of it counts no more, unless it is on record first.
   */
  cancelDelivery(
    webhookEventUid: number,
    query: CancelDeliveryQuery = {},
    options: CallOptions = {},
  ): Promise<DeliveryItem> {
    return this.request('POST', `/api/v1/webhooks/events/${webhookEventUid}/cancel`, { query, options });
  }

  /**
   * Send many deliveries again, in the background. `POST /api/v1/resends`
   *
   * Mode `deliveries` (default) sends those of a webhook again that ended in one of `statuses`. Mode `events` sends a range of events to a webhook: each event has one delivery for a webhook, so that one which has ended is sent again, one that is open is skipped, and where there is none it is made. All filters are combined; without any it is everything. With `"dry_run": true` it is only counted. The work is paced by what the webhook takes, waits while the webhook takes nothing, survives restarts, and never meets what was accepted after its start.
   */
  startResend(body: ResendBody, options: CallOptions = {}): Promise<StartedResend> {
    return this.request('POST', '/api/v1/resends', { body, options });
  }

  /**
   * List resends with their progress. `GET /api/v1/resends`
   */
  listResends(query: ListResendsQuery = {}, options: CallOptions = {}): Promise<ResendList> {
    return this.request('GET', '/api/v1/resends', { query, options });
  }

  /** Every item of `listResends`, read page by page as they are asked for. */
  allResends(query: Omit<ListResendsQuery, 'limit' | 'page_number'> = {}, options: CallOptions = {}) {
    return byPage((page) => this.listResends({ ...query, ...page }, options));
  }

  /**
   * Show the progress of a resend. `GET /api/v1/resends/{resend_uid}`
   */
  getResend(resendUid: number, options: CallOptions = {}): Promise<ResendItem> {
    return this.request('GET', `/api/v1/resends/${resendUid}`, { options });
  }

  /**
   * Cancel a resend; what it sent again stays. `DELETE /api/v1/resends/{resend_uid}`
   */
  cancelResend(resendUid: number, options: CallOptions = {}): Promise<Record<string, never>> {
    return this.request('DELETE', `/api/v1/resends/${resendUid}`, { options });
  }

  /**
   * Count what was delivered, failed and is being retried. `GET /api/v1/webhooks/events/retry/dashboard`
   *
   * Of deliveries accepted from `from` to `to`, rounded out to minutes, and to hours where that is more than 48 h ago; of the last 24 h where neither is given. Tests are left out.
   */
  getDashboard(query: GetDashboardQuery = {}, options: CallOptions = {}): Promise<Dashboard> {
    return this.request('GET', '/api/v1/webhooks/events/retry/dashboard', { query, options });
  }

  /**
   * Report one event, or an array of 1 to 1000. `POST /api/v1/events`
   *
   * The answer comes when the events and what they owe are on disk. All of an array are taken, or none; a refusal names the item, counted from 0. With `partial=true` those that can be taken are, and the others have an `error` in their place. The body may be compressed.
   */
  acceptEvents(
    body: EventBody | EventBody[],
    query: AcceptEventsQuery = {},
    options: CallOptions = {},
  ): Promise<AcceptedAnswer> {
    return this.request('POST', '/api/v1/events', { body, query, options });
  }

  /**
   * List events, by when they were accepted. `GET /api/v1/events`
   */
  listEvents(query: ListEventsQuery = {}, options: CallOptions = {}): Promise<EventList> {
    return this.request('GET', '/api/v1/events', { query, options });
  }

  /** Every item of `listEvents`, read page by page as they are asked for. */
  allEvents(
    query: Omit<ListEventsQuery, 'limit' | 'page_number' | 'cursor'> = {},
    options: CallOptions = {},
  ) {
    return byCursor((page) => this.listEvents({ ...query, ...page }, options));
  }

  /**
   * Show an event, its deliveries and every attempt. `GET /api/v1/events/{event_id}`
   */
  getEvent(eventId: number, options: CallOptions = {}): Promise<Event> {
    return this.request('GET', `/api/v1/events/${eventId}`, { options });
  }

  /**
   * List events as a panel lists its log, by when they happened. `GET /api/v1/log/items`
   */
  listLog(query: ListLogQuery = {}, options: CallOptions = {}): Promise<LogList> {
    return this.request('GET', '/api/v1/log/items', { query, options });
  }

  /** Every item of `listLog`, read page by page as they are asked for. */
  allLog(query: Omit<ListLogQuery, 'limit' | 'page_number'> = {}, options: CallOptions = {}) {
    return byPage((page) => this.listLog({ ...query, ...page }, options));
  }

  /**
   * Begin this account's log behind what it was shown. `POST /api/v1/system/data/clear`
   *
   * Deletes nothing.
   */
  clearLog(
    body: {
      clear_fields?: string[] | string;
      data_types?: string[] | string;
    },
    options: CallOptions = {},
  ): Promise<Record<string, never>> {
    return this.request('POST', '/api/v1/system/data/clear', { body, options });
  }

  /**
   * Make an account. `POST /api/v1/users`
   */
  createUser(body: UserBody, options: CallOptions = {}): Promise<Created> {
    return this.request('POST', '/api/v1/users', { body, options });
  }

  /**
   * List the accounts. `GET /api/v1/users`
   */
  listUsers(query: ListUsersQuery = {}, options: CallOptions = {}): Promise<UserList> {
    return this.request('GET', '/api/v1/users', { query, options });
  }

  /** Every item of `listUsers`, read page by page as they are asked for. */
  allUsers(query: Omit<ListUsersQuery, 'limit' | 'page_number'> = {}, options: CallOptions = {}) {
    return byPage((page) => this.listUsers({ ...query, ...page }, options));
  }

  /**
   * Change an account. `PUT /api/v1/users/{user_uid}`
   *
   * A member that is left out, or `null`, stays as it is. A new password ends all log-ins of the account. The last administrator stays one.
   */
  changeUser(
    userUid: number,
    body: UserChangeBody,
    options: CallOptions = {},
  ): Promise<Record<string, never>> {
    return this.request('PUT', `/api/v1/users/${userUid}`, { body, options });
  }

  /**
   * Remove an account, and end its log-ins. `DELETE /api/v1/users/{user_uid}`
   */
  removeUser(userUid: number, options: CallOptions = {}): Promise<Record<string, never>> {
    return this.request('DELETE', `/api/v1/users/${userUid}`, { options });
  }

  /**
   * Make an API key, which is shown this once. `POST /api/v1/keys`
   *
   * A machine sends it as `Authorization: Bearer lh_…`. `events:write` may report events, `read` may read what an account of type `user` may, `admin` may do everything. Its name is the source of events that name none.
   */
  createKey(body: KeyBody, options: CallOptions = {}): Promise<CreatedKey> {
    return this.request('POST', '/api/v1/keys', { body, options });
  }

  /**
   * List the API keys by their prefixes, with their last use. `GET /api/v1/keys`
   */
  listKeys(query: ListKeysQuery = {}, options: CallOptions = {}): Promise<KeyList> {
    return this.request('GET', '/api/v1/keys', { query, options });
  }

  /** Every item of `listKeys`, read page by page as they are asked for. */
  allKeys(query: Omit<ListKeysQuery, 'limit' | 'page_number'> = {}, options: CallOptions = {}) {
    return byPage((page) => this.listKeys({ ...query, ...page }, options));
  }

  /**
   * Revoke an API key; it counts no more from then on. `DELETE /api/v1/keys/{key_uid}`
   */
  revokeKey(keyUid: number, options: CallOptions = {}): Promise<Record<string, never>> {
    return this.request('DELETE', `/api/v1/keys/${keyUid}`, { options });
  }

  /**
   * List who changed what, when and from where. `GET /api/v1/audit`
   *
   * Secrets, passwords and values of headers are never in it; `changed` names them where they changed. Log-ins of one account from one address are entered once an hour; failed ones are gathered by name and address, with the number of `attempts`. Entries are kept.
   */
  listAudit(query: ListAuditQuery = {}, options: CallOptions = {}): Promise<AuditList> {
    return this.request('GET', '/api/v1/audit', { query, options });
  }

  /** Every item of `listAudit`, read page by page as they are asked for. */
  allAudit(query: Omit<ListAuditQuery, 'limit' | 'page_number'> = {}, options: CallOptions = {}) {
    return byPage((page) => this.listAudit({ ...query, ...page }, options));
  }

  /**
   * Count deliveries by state and measure their latency, over time. `GET /api/v1/statistics`
   *
   * Of deliveries accepted from `from` to `to`, rounded out to minutes, and to hours where that is more than 48 h ago; of the last 24 h where neither is given. Tests are left out.
   */
  getStatistics(query: GetStatisticsQuery = {}, options: CallOptions = {}): Promise<Statistics> {
    return this.request('GET', '/api/v1/statistics', { query, options });
  }

  /**
   * Show version, uptime, store, disk, clock and nodes. `GET /api/v1/system`
   */
  getSystem(options: CallOptions = {}): Promise<System> {
    return this.request('GET', '/api/v1/system', { options });
  }

  /**
   * List the event types, with what they are called. `GET /api/v1/event-types`
   */
  listEventTypes(query: ListEventTypesQuery = {}, options: CallOptions = {}): Promise<EventTypes> {
    return this.request('GET', '/api/v1/event-types', { query, options });
  }

  /**
   * Say what this is, as a panel does. `GET /api/info`
   */
  getInfo(options: CallOptions = {}): Promise<Info> {
    return this.request('GET', '/api/info', { options });
  }

  /**
   * Say that the process answers. `GET /health/live`
   *
   * It reads and writes nothing: a process whose store is away is not helped by a restart.
   */
  getLive(options: CallOptions = {}): Promise<{
    status: 'live';
  }> {
    return this.request('GET', '/health/live', { options });
  }

  /**
   * Say whether requests should be sent here. `GET /health/ready`
   *
   * 503 while the store takes no writes, while others take this process for dead, and once a stop has begun. At the limit of the disk or the backlog it is still ready: everything but reporting events works, and those are refused with a `Retry-After` that a balancer without servers would not give; `pressure` says so.
   */
  getReady(options: CallOptions = {}): Promise<{
    status: 'ready';
    /** Why no more events are taken in; null: they are. */
    pressure: 'disk' | 'backlog' | null;
  }> {
    return this.request('GET', '/health/ready', { options });
  }

  /**
   * Get the OpenAPI document of which this page is made. `GET /openapi.json`
   */
  getDocument(options: CallOptions = {}): Promise<{
    openapi: '3.1.0';
  }> {
    return this.request('GET', '/openapi.json', { options });
  }
}
