import { type Category, EVENT_TYPES, eventCategory } from './event-types.js';
import { logKey } from './texts/event-text.js';
import { type Priority, priorityOf } from './texts/log-item.js';

export const CATEGORIES: readonly Category[] = ['access', 'info', 'system', 'emergency'];
export const PRIORITIES: readonly Priority[] = ['high', 'medium', 'low'];
/** Event types as the log names them. */
export const LOG_KEYS: readonly string[] = EVENT_TYPES.map(logKey);

/** Members of a log item by which the log can be filtered; each is decided by the event type alone. */
export type LogFilterField = 'category' | 'priority' | 'name';

const OF_TYPE: Record<LogFilterField, (eventType: string) => string> = {
  category: eventCategory,
  priority: (eventType) => priorityOf(eventCategory(eventType)),
  name: logKey,
};

/** The event types whose items have this value. */
export function eventTypesOf(field: LogFilterField, value: string): string[] {
  return EVENT_TYPES.filter((eventType) => OF_TYPE[field](eventType) === value);
}
