import { eventTypeCode } from '../domain/event-types.js';
import type { AcceptedEvent, AcceptedItem, AcceptRequest, AcceptResult } from './store.js';

/** In one request; a transaction must not take long. */
const MAX_DELIVERIES = 50_000;

/** What becomes of one event of a request, decided before anything is written. */
export type Plan<Subscription> =
  | { kind: 'write'; event: AcceptedEvent; code: number; to: readonly Subscription[] }
  | { kind: 'known'; eventId: number }
  | { kind: 'same-as'; item: number }
  | { kind: 'conflict' };

/** Of an event that is left out. */
export const CONFLICT: AcceptedItem = { eventId: 0, duplicate: true, conflict: true };

export type Refused = Exclude<AcceptResult, { kind: 'accepted' }>;

/**
 * What an accept writes. A refusal writes nothing, and does not concern the rest of its group.
 *
 * @param known the event of an idempotency key that is still remembered
 */
export function planAcceptance<Subscription>(
  request: AcceptRequest,
  known: (key: string) => { hash: string; eventId: number } | undefined,
  to: (eventType: number) => readonly Subscription[],
): Plan<Subscription>[] | Refused {
  const inRequest = new Map<string, { item: number; hash: string }>();
  const plans: Plan<Subscription>[] = [];
  let deliveries = 0;
  for (const [item, event] of request.events.entries()) {
    const key = event.idempotency;
    if (key) {
      const earlier = inRequest.get(key.key);
      const remembered = earlier ? undefined : known(key.key);
      const first = earlier ?? remembered;
      if (first && first.hash !== key.hash) {
        if (!request.partial) return { kind: 'idempotency-conflict', item };
        plans.push({ kind: 'conflict' });
        continue;
      }
      if (earlier) {
        plans.push({ kind: 'same-as', item: earlier.item });
        continue;
      }
      inRequest.set(key.key, { item, hash: key.hash });
      if (remembered) {
        plans.push({ kind: 'known', eventId: remembered.eventId });
        continue;
      }
    }
    const code = eventTypeCode(event.eventType);
    if (code === undefined) throw new RangeError(`unknown event type ${event.eventType}`);
    const subscribed = to(code);
    deliveries += subscribed.length;
    plans.push({ kind: 'write', event, code, to: subscribed });
  }
  return deliveries > MAX_DELIVERIES ? { kind: 'too-many-deliveries' } : plans;
}
