import { END_STATES, type EndState } from './delivery.js';
import { type ErrorCode, Refusal } from './errors.js';
import { SOURCE_LENGTH } from './event-input.js';
import { eventTypeCode } from './event-types.js';
import { hasLength, type Member, readShape } from './shape.js';

export const RESEND_MODES = ['deliveries', 'events'] as const;
export const MAX_SOURCES = 100;
/** ms; the last instant that a date can be. */
export const LAST_INSTANT = 8.64e15;

const MEMBERS = {
  webhook_uid: { kind: 'integer', required: true },
  mode: { kind: 'string', required: false },
  statuses: { kind: 'strings', required: false },
  event_types: { kind: 'strings', required: false },
  sources: { kind: 'strings', required: false },
  from: { kind: 'integer', required: false },
  to: { kind: 'integer', required: false },
  dry_run: { kind: 'boolean', required: false },
} as const satisfies Record<string, Member>;

/** What is sent again where nothing is said: what did not arrive, and nobody ended. */
const USUAL: readonly EndState[] = ['failed', 'expired'];

export interface ResendInput {
  webhookUid: number;
  mode: (typeof RESEND_MODES)[number];
  /** Of mode `deliveries`; empty in mode `events`. */
  statuses: EndState[];
  /** null: any; in mode `events`, those of the webhook. */
  eventTypes: string[] | null;
  sources: string[] | null;
  /** ms, both inclusive. */
  from: number | null;
  to: number | null;
  /** Only counted. */
  dryRun: boolean;
}

/**
 * What a client's JSON asks for; `null` counts as left out. Whether there is such a webhook is not judged here.
 * @throws Refusal with the code of the first rule that is broken
 */
export function readResend(json: unknown): ResendInput {
  const given = readShape(json, MEMBERS);
  const webhookUid = given.webhook_uid;
  refuseUnless(Number.isSafeInteger(webhookUid) && webhookUid >= 1, 'wrong-webhook-uid');
  const mode = given.mode ?? 'deliveries';
  if (mode !== 'deliveries' && mode !== 'events') throw new Refusal('invalid-mode');
  const statuses = readStatuses(mode, given.statuses ?? null);
  const eventTypes = given.event_types ? [...new Set(given.event_types)] : null;
  refuseUnless(
    eventTypes === null ||
      (eventTypes.length > 0 && eventTypes.every((type) => eventTypeCode(type) !== undefined)),
    'invalid-event-types',
  );
  const sources = given.sources ? [...new Set(given.sources)] : null;
  refuseUnless(sources === null || areSources(sources), 'invalid-sources');
  const from = given.from ?? null;
  const to = given.to ?? null;
  for (const time of [from, to]) {
    refuseUnless(time === null || (time >= 0 && time <= LAST_INSTANT), 'wrong-time-format');
  }
  refuseUnless(from === null || to === null || to > from, 'wrong-time-range');
  return { webhookUid, mode, statuses, eventTypes, sources, from, to, dryRun: given.dry_run ?? false };
}

function readStatuses(mode: ResendInput['mode'], given: string[] | null): EndState[] {
  if (mode === 'events') {
    refuseUnless(given === null, 'statuses-of-events');
    return [];
  }
  if (given === null) return [...USUAL];
  refuseUnless(
    given.length > 0 && given.every((status) => END_STATES.some((end) => end === status)),
    'invalid-statuses',
  );
  return END_STATES.filter((status) => given.includes(status));
}

function areSources(sources: readonly string[]): boolean {
  const { min, max } = SOURCE_LENGTH;
  return (
    sources.length > 0 &&
    sources.length <= MAX_SOURCES &&
    sources.every((source) => hasLength(source, min, max))
  );
}

function refuseUnless(holds: boolean, code: ErrorCode): void {
  if (!holds) throw new Refusal(code);
}
