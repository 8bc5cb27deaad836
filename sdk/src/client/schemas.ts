// Generated from docs/openapi.json by `npm run openapi`.

export interface AcceptedAnswer {
  items: (
    | {
        event_id: number;
        duplicate: boolean;
      }
    | {
        error: string;
        code: string;
      }
  )[];
}

export interface AttemptEntry {
  attempt: number;
  started_at: number;
  duration_ms: number;
  response_status: number | null;
  error: string | null;
  note: string | null;
  request_headers: string | null;
  response_headers: string | null;
  response_body: string | null;
  resent: boolean;
}

export interface AuditItem {
  item_uid: number;
  created_at: number;
  action:
    | 'webhook.created'
    | 'webhook.changed'
    | 'webhook.deleted'
    | 'webhook.disabled'
    | 'user.created'
    | 'user.changed'
    | 'user.removed'
    | 'key.created'
    | 'key.revoked'
    | 'delivery.resent'
    | 'delivery.cancelled'
    | 'resend.started'
    | 'resend.cancelled'
    | 'login'
    | 'login.failed';
  actor_kind: 'user' | 'key' | 'system' | 'cli';
  actor_uid: number | null;
  actor_name: string;
  address: string | null;
  target_uid: number | null;
  before: Record<string, string | number | boolean | string[] | null> | null;
  after: Record<string, string | number | boolean | string[] | null> | null;
  changed: string[];
}

export interface AuditList {
  list_items: AuditItem[];
  list_options: ListOptions;
}

export interface Created {
  item_uid: number;
}

export interface CreatedKey {
  item_uid: number;
  key: string;
}

export interface Dashboard {
  success_rate: number;
  delivered: number;
  failed: number;
  retrying: number;
}

export interface Delivery {
  item_uid: number;
  webhook_uid: number;
  url: string;
  event_id: number;
  event_type: string;
  event_text: string;
  status: DeliveryStatus;
  reason:
    | 'success'
    | 'retries-exhausted'
    | 'receiver-gone'
    | 'webhook-deleted'
    | 'cancelled-by-user'
    | 'held-too-long'
    | 'too-old'
    | 'test'
    | null;
  attempts: number;
  max_attempts: number;
  response_status: number | null;
  created_at: number;
  last_attempt_at: number | null;
  next_attempt_at: number | null;
  test: boolean;
  attempt_log: AttemptEntry[];
}

export interface DeliveryItem {
  item_uid: number;
  webhook_uid: number;
  url: string;
  event_id: number;
  event_type: string;
  event_text: string;
  status: DeliveryStatus;
  reason:
    | 'success'
    | 'retries-exhausted'
    | 'receiver-gone'
    | 'webhook-deleted'
    | 'cancelled-by-user'
    | 'held-too-long'
    | 'too-old'
    | 'test'
    | null;
  attempts: number;
  max_attempts: number;
  response_status: number | null;
  created_at: number;
  last_attempt_at: number | null;
  next_attempt_at: number | null;
  test: boolean;
}

export interface DeliveryList {
  list_items: DeliveryItem[];
  list_option: ListOptions;
}

export type DeliveryStatus =
  | 'pending'
  | 'retrying'
  | 'delivered'
  | 'failed'
  | 'cancelled'
  | 'expired'
  | 'held';

export interface Event {
  event_id: number;
  event_type: EventType;
  data: Record<string, unknown>;
  created_at: number;
  accepted_at: number;
  deliveries: Delivery[];
}

export interface EventBody {
  event_type: EventType;
  source?: string | null;
  data?: Record<string, unknown> | Record<string, unknown>[] | null;
  created_at?: number | null;
  idempotency_key?: string | null;
}

export interface EventItem {
  event_id: number;
  event_type: EventType;
  event_text: string;
  source: string;
  data: Record<string, unknown>;
  created_at: number;
  accepted_at: number;
  delivery_count: number;
}

export interface EventList {
  list_items: EventItem[];
  list_options: ListOptions;
}

export type EventType =
  | 'log.access_denied_by_not_valid_identifier'
  | 'log.access_denied_by_not_valid_face_identifier'
  | 'log.access_denied_by_not_valid_input_code'
  | 'log.access_denied_by_remote_server_api_call'
  | 'log.access_denied_by_unknown_card'
  | 'log.access_granted_by_api_call'
  | 'log.access_granted_by_call_host'
  | 'log.access_granted_by_master_code'
  | 'log.access_granted_by_remote_server_api_call'
  | 'log.access_granted_by_valid_identifier'
  | 'log.door_was_closed'
  | 'log.door_sensor_was_closed'
  | 'log.door_was_opened'
  | 'log.door_sensor_was_opened'
  | 'log.emergency_lock_is_opened'
  | 'log.lock_is_opened_to_long'
  | 'log.lock_was_opened_by_exit_btn'
  | 'log.lock_was_opened_by_free_access_button'
  | 'log.incoming_call'
  | 'log.outgoing_call'
  | 'log.outgoing_call_missed'
  | 'log.device_booted'
  | 'log.sip_registration_lost'
  | 'log.outgoing_call_web'
  | 'log.incorrect_login_api_call'
  | 'log.incorrect_login_gui_settings'
  | 'log.successful_login_api_call'
  | 'log.successful_login_gui_settings'
  | 'log.door_was_not_closed_too_long'
  | 'log.tamper_event'
  | 'log.multi_access_granted'
  | 'log.identifiers_without_linkage_to_user_access_denied'
  | 'log.multi_access_denied'
  | 'log.access_denied_by_unknown_qr'
  | 'log.access_denied_unknown_identifier'
  | 'log.lift_call_success'
  | 'log.lift_call_error'
  | 'log.lift_module_access_error'
  | 'log.access_granted_by_shared_identifier'
  | 'log.access_denied_by_not_valid_shared_identifier'
  | 'log.bond_lift_request';

export type EventTypes = {
  event_type: string;
  category: 'access' | 'info' | 'system' | 'emergency';
  text: string;
}[];

export interface Info {
  firmware_version: string;
  framework_version: string;
  frontend_version: string;
  api_version: string;
  device_type: string;
  device_name: string;
  device_model: string;
  device_serial_number: string;
  hybrid_enable: boolean;
  hybrid_version: string;
  mcu_version: string;
  commit: string;
}

export interface KeyBody {
  name: string;
  scopes: ('events:write' | 'read' | 'admin')[];
}

export interface KeyItem {
  item_uid: number;
  name: string;
  prefix: string;
  scopes: ('events:write' | 'read' | 'admin')[];
  created_at: number;
  last_used_at: number | null;
}

export interface KeyList {
  list_items: KeyItem[];
  list_options: ListOptions;
}

export interface ListOptions {
  pagination:
    | {
        total_items: number;
        items_limit: number;
        total_pages: number;
        current_page: number;
      }
    | {
        items_limit: number;
        next_cursor: string | null;
      };
  filter: {
    available_filtering: boolean;
    available_fields: string[];
    is_filtered: boolean;
    available_values: Record<
      string,
      {
        text: string;
        value: string;
      }[]
    >;
    filter_field?: string;
    filter_type?: string;
    filter_format?: string;
    filter_value?: string;
    combined?: Record<string, string[]>;
  };
  sort: {
    field: string;
    asc: boolean;
    available_fields: string[];
  };
}

export interface LogItem {
  timestamp: number;
  category: 'access' | 'info' | 'system' | 'emergency';
  priority: 'high' | 'medium' | 'low';
  info: {
    text: string;
    model: Record<string, unknown>;
  };
  name: {
    text: string;
    key:
      | 'access_denied_by_not_valid_identifier'
      | 'access_denied_by_not_valid_face_identifier'
      | 'access_denied_by_not_valid_input_code'
      | 'access_denied_by_remote_server_api_call'
      | 'access_denied_by_unknown_card'
      | 'access_granted_by_api_call'
      | 'access_granted_by_call_host'
      | 'access_granted_by_master_code'
      | 'access_granted_by_remote_server_api_call'
      | 'access_granted_by_valid_identifier'
      | 'door_was_closed'
      | 'door_sensor_was_closed'
      | 'door_was_opened'
      | 'door_sensor_was_opened'
      | 'emergency_lock_is_opened'
      | 'lock_is_opened_to_long'
      | 'lock_was_opened_by_exit_btn'
      | 'lock_was_opened_by_free_access_button'
      | 'incoming_call'
      | 'outgoing_call'
      | 'outgoing_call_missed'
      | 'device_booted'
      | 'sip_registration_lost'
      | 'outgoing_call_web'
      | 'incorrect_login_api_call'
      | 'incorrect_login_gui_settings'
      | 'successful_login_api_call'
      | 'successful_login_gui_settings'
      | 'door_was_not_closed_too_long'
      | 'tamper_event'
      | 'multi_access_granted'
      | 'identifiers_without_linkage_to_user_access_denied'
      | 'multi_access_denied'
      | 'access_denied_by_unknown_qr'
      | 'access_denied_unknown_identifier'
      | 'lift_call_success'
      | 'lift_call_error'
      | 'lift_module_access_error'
      | 'access_granted_by_shared_identifier'
      | 'access_denied_by_not_valid_shared_identifier'
      | 'bond_lift_request';
  };
}

export interface LogList {
  list_option: ListOptions;
  list_items: LogItem[];
}

export interface LoginAnswer {
  token: string;
  account_type: 'admin' | 'user';
}

export interface LoginBody {
  username: string;
  password: string;
}

export interface ResendBody {
  webhook_uid: number;
  mode?: 'deliveries' | 'events' | null;
  statuses?: ('delivered' | 'failed' | 'cancelled' | 'expired')[] | null;
  event_types?: EventType[] | null;
  sources?: string[] | null;
  from?: number | null;
  to?: number | null;
  dry_run?: boolean | null;
}

export interface ResendItem {
  item_uid: number;
  state: 'running' | 'done' | 'cancelled';
  webhook_uid: number;
  mode: 'deliveries' | 'events';
  statuses: ('delivered' | 'failed' | 'cancelled' | 'expired')[];
  event_types: EventType[] | null;
  sources: string[] | null;
  from: number | null;
  to: number | null;
  total: number;
  done: number;
  skipped: number;
  started_at: number;
  ended_at: number | null;
  started_by: string;
}

export interface ResendList {
  list_items: ResendItem[];
  list_options: ListOptions;
}

export interface RetryQueue {
  list_items: DeliveryItem[];
  list_options: ListOptions;
}

export interface StartedResend {
  item_uid: number | null;
  total: number;
}

export interface Statistics {
  from: number;
  to: number;
  step: number;
  series: StatisticsSeries[];
}

export interface StatisticsSeries {
  webhook_uid?: number;
  event_type?:
    | 'log.access_denied_by_not_valid_identifier'
    | 'log.access_denied_by_not_valid_face_identifier'
    | 'log.access_denied_by_not_valid_input_code'
    | 'log.access_denied_by_remote_server_api_call'
    | 'log.access_denied_by_unknown_card'
    | 'log.access_granted_by_api_call'
    | 'log.access_granted_by_call_host'
    | 'log.access_granted_by_master_code'
    | 'log.access_granted_by_remote_server_api_call'
    | 'log.access_granted_by_valid_identifier'
    | 'log.door_was_closed'
    | 'log.door_sensor_was_closed'
    | 'log.door_was_opened'
    | 'log.door_sensor_was_opened'
    | 'log.emergency_lock_is_opened'
    | 'log.lock_is_opened_to_long'
    | 'log.lock_was_opened_by_exit_btn'
    | 'log.lock_was_opened_by_free_access_button'
    | 'log.incoming_call'
    | 'log.outgoing_call'
    | 'log.outgoing_call_missed'
    | 'log.device_booted'
    | 'log.sip_registration_lost'
    | 'log.outgoing_call_web'
    | 'log.incorrect_login_api_call'
    | 'log.incorrect_login_gui_settings'
    | 'log.successful_login_api_call'
    | 'log.successful_login_gui_settings'
    | 'log.door_was_not_closed_too_long'
    | 'log.tamper_event'
    | 'log.multi_access_granted'
    | 'log.identifiers_without_linkage_to_user_access_denied'
    | 'log.multi_access_denied'
    | 'log.access_denied_by_unknown_qr'
    | 'log.access_denied_unknown_identifier'
    | 'log.lift_call_success'
    | 'log.lift_call_error'
    | 'log.lift_module_access_error'
    | 'log.access_granted_by_shared_identifier'
    | 'log.access_denied_by_not_valid_shared_identifier'
    | 'log.bond_lift_request';
  counts: {
    pending: number;
    retrying: number;
    delivered: number;
    failed: number;
    cancelled: number;
    expired: number;
  };
  latency: {
    p50: number;
    p95: number;
    p99: number;
  } | null;
  points: {
    start: number;
    counts: {
      pending: number;
      retrying: number;
      delivered: number;
      failed: number;
      cancelled: number;
      expired: number;
    };
    latency: {
      p50: number;
      p95: number;
      p99: number;
    } | null;
  }[];
}

export interface StreamAccepted {
  at: number;
  /** Events of one request. */
  count: number;
  /** The first 20 of them. */
  events: {
    event_id: number;
    event_type: string;
    source: string;
  }[];
}

export interface StreamAttempt {
  delivery_uid: number;
  webhook_uid: number;
  event_id: number;
  event_type: string;
  attempt: number;
  started_at: number;
  duration_ms: number;
  response_status: number | null;
  /** In a word; null: it was delivered. */
  error: string | null;
  resend: boolean;
  probe: boolean;
  test: boolean;
  /** `stale`: another process holds the delivery, and this attempt counts for nothing. */
  status: 'pending' | 'retrying' | 'delivered' | 'failed' | 'cancelled' | 'expired' | 'stale';
  next_attempt_in_ms: number | null;
}

export interface StreamCounts {
  from: number;
  to: number;
  /** Events. */
  accepted: number;
  attempts: {
    succeeded: number;
    failed: number;
  };
  ended: {
    delivered: number;
    failed: number;
    cancelled: number;
    expired: number;
  };
  /** Messages of this time that were counted here and not told one by one. */
  omitted: number;
}

export interface StreamDropped {
  /** Messages that this client was too slow to take: read the lists. */
  count: number;
}

export interface StreamEnded {
  delivery_uid: number;
  webhook_uid: number;
  event_id: number;
  event_type: string;
  status: 'pending' | 'retrying' | 'delivered' | 'failed' | 'cancelled' | 'expired';
  reason: string | null;
  test: boolean;
  accepted_at: number;
  at: number;
}

export interface StreamHealth {
  webhook_uid: number;
  /** Without its query. */
  url: string;
  health: 'healthy' | 'open' | 'draining' | 'disabled';
  reason: string | null;
  failing_since: number | null;
  next_probe_at: number | null;
  at: number;
}

export interface StreamHello {
  at: number;
  /** Messages since the `Last-Event-ID` that was sent, which are not told again: read the lists. null: nobody knows how many. 0 without `Last-Event-ID`. */
  missed: number | null;
}

export interface StreamJob {
  resend_uid: number;
  webhook_uid: number;
  state: 'running' | 'done' | 'cancelled';
  total: number;
  done: number;
  skipped: number;
  at: number;
}

export interface System {
  version: string;
  uptime_ms: number;
  store: {
    kind: string;
    schema: number;
    size_bytes: number;
    standby: 'synchronous' | 'missing' | 'asynchronous' | 'none' | null;
  };
  disk: {
    free_bytes: number;
    total_bytes: number;
  } | null;
  clock: {
    off: boolean;
    ahead_ms: number | null;
    receivers: number;
  };
  nodes: {
    node: number;
    started_at: number;
    seen_at: number;
  }[];
}

export interface UserBody {
  username: string;
  password: string;
  account_type: 'admin' | 'user';
}

export interface UserChangeBody {
  username?: string | null;
  password?: string | null;
  account_type?: 'admin' | 'user' | null;
}

export interface UserItem {
  item_uid: number;
  username: string;
  account_type: 'admin' | 'user';
  created_at: number;
}

export interface UserList {
  list_items: UserItem[];
  list_options: ListOptions;
}

export interface WebhookBody {
  /** `http://` or `https://`, without white space and `user:password@`. */
  url: string;
  status: 'active' | 'disabled';
  /** What it is told of. */
  event_types: EventType[];
  /** Further attempts after the first. */
  max_retries: number;
  /** Signs what is sent; without one nothing is signed. */
  secret?: string | null;
  /** ms to connect, to write and to read, each; default 10000. */
  timeout?: number | null;
  /** JSON text of an object, name to value: headers to send besides. */
  headers?: string | null;
  /** For people. */
  description?: string | null;
  /** One attempt at a time, strictly in the order of acceptance. */
  ordered?: boolean | null;
  /** Attempts that may begin in any second. */
  rate_limit?: number | null;
  /** Seconds; older events are not sent any more, and end as `expired`. */
  max_age?: number | null;
}

export interface WebhookEntity {
  item_uid: number;
  url: string;
  secret: string | null;
  status: 'active' | 'disabled';
  timeout: number;
  headers: string | null;
  description: string | null;
  ordered: boolean;
  rate_limit: number | null;
  max_age: number | null;
  event_types: EventType[];
  max_retries: number;
  disabled_reason: 'receiver-gone' | 'failing-too-long' | null;
  health: 'healthy' | 'open' | 'draining';
  failing_since: number | null;
  next_probe_at: number | null;
}

export interface WebhookItem {
  item_uid: number;
  url: string;
  status: 'active' | 'disabled';
  timeout: number;
  headers: string | null;
  description: string | null;
  ordered: boolean;
  rate_limit: number | null;
  max_age: number | null;
  event_types: EventType[];
  max_retries: number;
  disabled_reason: 'receiver-gone' | 'failing-too-long' | null;
  health: 'healthy' | 'open' | 'draining';
  failing_since: number | null;
  next_probe_at: number | null;
}

export interface WebhookList {
  list_items: WebhookItem[];
  list_options: ListOptions;
}

export interface WebhookReplacement {
  /** `http://` or `https://`, without white space and `user:password@`. */
  url: string;
  status: 'active' | 'disabled';
  /** What it is told of. */
  event_types: EventType[];
  /** Further attempts after the first. */
  max_retries: number;
  /** Signs what is sent; without one nothing is signed. */
  secret?: string | null;
  /** ms to connect, to write and to read, each; default 10000. */
  timeout?: number | null;
  /** JSON text of an object, name to value: headers to send besides. */
  headers?: string | null;
  /** For people. */
  description?: string | null;
  /** One attempt at a time, strictly in the order of acceptance. */
  ordered?: boolean | null;
  /** Attempts that may begin in any second. */
  rate_limit?: number | null;
  /** Seconds; older events are not sent any more, and end as `expired`. */
  max_age?: number | null;
  /** Not kept. What enabling the webhook does with what was held: `release` (default) or `expire`. */
  held?: 'release' | 'expire' | null;
}
