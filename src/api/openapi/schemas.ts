import { AuditItem, AuditList } from '../contract/audit.js';
import { Dashboard } from '../contract/dashboard.js';
import {
  AttemptEntry,
  Delivery,
  DeliveryItem,
  DeliveryList,
  DeliveryStatus,
  RetryQueue,
} from '../contract/delivery.js';
import { AcceptedAnswer, Event, EventBody, EventItem, EventList } from '../contract/event.js';
import { Info } from '../contract/info.js';
import { CreatedKey, KeyBody, KeyItem, KeyList } from '../contract/key.js';
import { ListOptions } from '../contract/list.js';
import { LogItem, LogList } from '../contract/log.js';
import { LoginAnswer, LoginBody } from '../contract/login.js';
import { ResendBody, ResendItem, ResendList, StartedResend } from '../contract/resend.js';
import { Statistics, StatisticsSeries } from '../contract/statistics.js';
import {
  StreamAccepted,
  StreamAttempt,
  StreamCounts,
  StreamDropped,
  StreamEnded,
  StreamHealth,
  StreamHello,
  StreamJob,
} from '../contract/stream.js';
import { EventTypes, System } from '../contract/system.js';
import { Created, UserBody, UserChangeBody, UserItem, UserList } from '../contract/user.js';
import {
  EventType,
  WebhookBody,
  WebhookEntity,
  WebhookItem,
  WebhookList,
  WebhookReplacement,
} from '../contract/webhook.js';

/** The schemas that have names in the document; all others stand where they are used. */
const NAMED: Readonly<Record<string, object>> = {
  AcceptedAnswer,
  AttemptEntry,
  AuditItem,
  AuditList,
  Created,
  CreatedKey,
  Dashboard,
  Delivery,
  DeliveryItem,
  DeliveryList,
  DeliveryStatus,
  Event,
  EventBody,
  EventItem,
  EventList,
  EventType,
  EventTypes,
  Info,
  KeyBody,
  KeyItem,
  KeyList,
  ListOptions,
  LogItem,
  LogList,
  LoginAnswer,
  LoginBody,
  ResendBody,
  ResendItem,
  ResendList,
  RetryQueue,
  StartedResend,
  Statistics,
  StatisticsSeries,
  StreamAccepted,
  StreamAttempt,
  StreamCounts,
  StreamDropped,
  StreamEnded,
  StreamHealth,
  StreamHello,
  StreamJob,
  System,
  UserBody,
  UserChangeBody,
  UserItem,
  UserList,
  WebhookBody,
  WebhookEntity,
  WebhookItem,
  WebhookList,
  WebhookReplacement,
};

const NAMES = new Map(Object.entries(NAMED).map(([name, schema]) => [schema, name]));

/** `components.schemas`, those within others by reference. */
export function namedSchemas(): Record<string, unknown> {
  return Object.fromEntries(Object.entries(NAMED).map(([name, schema]) => [name, written(schema)]));
}

/** A reference where the schema has a name, the schema itself where it has none. */
export function schemaOf(schema: unknown): unknown {
  if (typeof schema !== 'object' || schema === null) return schema;
  const name = NAMES.get(schema);
  return name === undefined ? written(schema) : { $ref: `#/components/schemas/${name}` };
}

function written(schema: object): unknown {
  if (Array.isArray(schema)) return schema.map(schemaOf);
  return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, schemaOf(value)]));
}
