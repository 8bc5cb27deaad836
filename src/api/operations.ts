import type { Operation } from './contract/operation.js';
import { AUDIT_OPERATIONS } from './routes/audit.js';
import { DASHBOARD_OPERATIONS } from './routes/dashboard.js';
import { DELIVERY_LIST_OPERATIONS } from './routes/delivery-lists.js';
import { DELIVERY_ORDER_OPERATIONS } from './routes/delivery-orders.js';
import { DOCS_OPERATIONS } from './routes/docs.js';
import { EVENT_DETAILS_OPERATIONS } from './routes/event-details.js';
import { EVENT_LIST_OPERATIONS } from './routes/event-list.js';
import { EVENT_OPERATIONS } from './routes/events.js';
import { HEALTH_OPERATIONS } from './routes/health.js';
import { INFO_OPERATIONS } from './routes/info.js';
import { KEY_OPERATIONS } from './routes/keys.js';
import { LOG_OPERATIONS } from './routes/log.js';
import { LOGIN_OPERATIONS } from './routes/login.js';
import { METRICS_OPERATIONS } from './routes/metrics.js';
import { RESEND_OPERATIONS } from './routes/resends.js';
import { STATISTICS_OPERATIONS } from './routes/statistics.js';
import { STREAM_OPERATIONS } from './routes/stream.js';
import { SYSTEM_OPERATIONS } from './routes/system.js';
import { USER_OPERATIONS } from './routes/users.js';
import { WEBHOOK_LIST_OPERATIONS } from './routes/webhook-list.js';
import { WEBHOOK_OPERATIONS } from './routes/webhooks.js';

/** Every call of the API, in the order of the document. */
export const OPERATIONS: readonly Operation[] = [
  LOGIN_OPERATIONS,
  WEBHOOK_LIST_OPERATIONS,
  WEBHOOK_OPERATIONS,
  DELIVERY_LIST_OPERATIONS,
  EVENT_DETAILS_OPERATIONS,
  DELIVERY_ORDER_OPERATIONS,
  RESEND_OPERATIONS,
  DASHBOARD_OPERATIONS,
  EVENT_OPERATIONS,
  EVENT_LIST_OPERATIONS,
  LOG_OPERATIONS,
  USER_OPERATIONS,
  KEY_OPERATIONS,
  AUDIT_OPERATIONS,
  STATISTICS_OPERATIONS,
  SYSTEM_OPERATIONS,
  STREAM_OPERATIONS,
  INFO_OPERATIONS,
  HEALTH_OPERATIONS,
  METRICS_OPERATIONS,
  DOCS_OPERATIONS,
].flatMap((group) => Object.values(group));
