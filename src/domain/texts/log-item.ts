import type { StoredEvent } from '../event.js';
import { type Category, eventCategory } from '../event-types.js';
import { eventSentence, eventText, logKey } from './event-text.js';
import type { Locale } from './locale.js';

export type Priority = 'high' | 'medium' | 'low';

const PRIORITIES: Record<Category, Priority> = {
  emergency: 'high',
  access: 'medium',
  info: 'low',
  system: 'low',
};

/** How a panel ranks what it files under `category`. */
export function priorityOf(category: Category): Priority {
  return PRIORITIES[category];
}

/** An event as a panel lists it in its log. */
export interface LogItem {
  /** ms, when it happened */
  timestamp: number;
  category: Category;
  priority: Priority;
  info: {
    text: string;
    /** The event's `data`: JSON text and not yet an object, since a double would lose digits of its numbers. */
    model: string;
  };
  name: { text: string; key: string };
}

/** @throws RangeError for an unknown event type */
export function logItem(event: StoredEvent, locale: Locale): LogItem {
  const category = eventCategory(event.eventType);
  return {
    timestamp: event.createdAt,
    category,
    priority: priorityOf(category),
    info: { text: eventSentence(event, locale), model: event.data },
    name: { text: eventText(event.eventType, locale), key: logKey(event.eventType) },
  };
}

/** The item as it goes to a client: members in the order of the panels, `info.model` to the letter. */
export function logItemJson({ timestamp, category, priority, info, name }: LogItem): string {
  const head = `"timestamp":${timestamp},"category":"${category}","priority":"${priority}"`;
  const { text, model } = info;
  return `{${head},"info":{"text":${JSON.stringify(text)},"model":${model}},"name":${JSON.stringify(name)}}`;
}
