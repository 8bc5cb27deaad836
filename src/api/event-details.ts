import { STATUS_CODES } from 'node:http';
import type { Attempt } from '../domain/delivery.js';
import { eventBody } from '../domain/event-body.js';
import type { DeliveryDetails } from '../store/store.js';
import type { Delivery } from './contract/delivery.js';

/** Stands for what is not there: no attempt was made yet, or no answer came. */
const NONE = '-';
/** Of attempts from before the form of a request was kept. */
const UNRECORDED = '(not recorded)';

/**
 * The panel's page about one delivery, line by line as in the contract; it tells of the last attempt. All that
 * came from outside is escaped, and what a receiver answered is one line, so that it can look like nothing
 * else.
 * @param delivery the same delivery as the API shows it, with headers masked
 */
export function eventDetailsHtml({ event, delivery: row }: DeliveryDetails, delivery: Delivery): string {
  const attempt = row.attemptLog.at(-1) ?? null;
  const answered = attempt !== null && attempt.responseStatus !== null;
  const lines = [
    `EVENT DETAILS: ${event.eventType} (ID: wh_${row.uid})`,
    `Event Timestamp: ${timestamp(event.createdAt)}`,
    `Request Timestamp: ${attempt ? timestamp(attempt.startedAt) : NONE}`,
    `Response Timestamp: ${answered ? timestamp(attempt.startedAt + attempt.durationMs) : NONE}`,
    `Response Time: ${answered ? `${attempt.durationMs} ms` : NONE}`,
    `Status: ${capitalised(delivery.status)} (${row.attempts}/${row.maxAttempts} attempts)`,
    'REQUEST:',
    `URL: ${row.url}`,
    'Method: POST',
    'Headers:',
    ...(attempt ? (delivery.attempt_log.at(-1)?.request_headers ?? UNRECORDED) : NONE).split('\n'),
    `Payload: ${eventBody(event)}`,
    'RESPONSE:',
    `Status: ${attempt ? answer(attempt) : NONE}`,
  ];
  return `${lines.map(escaped).join('\n')}\n`;
}

/** `401 Login required`: what the receiver said, or else what its status is called; or why there is no answer. */
function answer({ responseStatus, responseBody, error }: Attempt): string {
  if (responseStatus === null) return oneLine(error?.message ?? NONE);
  const said = oneLine(responseBody ?? '') || (STATUS_CODES[responseStatus] ?? '');
  return `${responseStatus} ${said}`.trimEnd();
}

function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
}

/** `2025-05-05T21:38:43Z` */
function timestamp(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d{3}Z$/, 'Z');
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** All of it is text between tags; quotes would matter only within one, and JSON is read more easily with them. */
function escaped(text: string): string {
  return text.replace(/[&<>]/g, (character) => ENTITIES[character] ?? '');
}
