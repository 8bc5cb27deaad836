/** What was promised to clients, held against what the API says and what the receivers got. */
import { LIMITS } from '../../src/engine/limits.js';
import type { Client, EventView } from './client.js';
import { OPEN_STATES } from './client.js';
import type { Posted } from './load.js';
import type { Arrival, Door } from './site.js';

/** How many attempts a delivery takes to succeed, when its receiver always answers the same to the same. */
export type AttemptsOf = (door: Door, deliveryUid: number) => number;

const AT_ONCE = 8;

/** Every event with an id in this range, both included, once all its deliveries have ended; gaps are left out. */
export async function endedEvents(client: Client, from: number, to: number): Promise<EventView[]> {
  const found: EventView[] = [];
  let next = from;
  const ask = async () => {
    while (next <= to) {
      const event = await client.endedEvent(next++);
      if (event) found.push(event);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, ask));
  return found.sort((a, b) => a.event_id - b.event_id);
}

/** One line for each thing that is wrong with the requests: something accepted is not there, or something half. */
export function faultsOfRequests(posted: readonly Posted[], events: readonly EventView[]): string[] {
  const idOf = new Map(events.map((event) => [event.data.n, event.event_id]));
  const faults: string[] = [];
  if (idOf.size !== events.length) faults.push('an event is stored twice');
  for (const { numbers, outcome, eventIds } of posted) {
    const ids = numbers.map((n) => idOf.get(n));
    const stored = ids.filter((id) => id !== undefined).length;
    const what = `the request with ${numbers.length} events from ${numbers[0]} (${outcome})`;
    if (outcome === 'accepted' && ids.some((id, i) => id !== eventIds[i]))
      faults.push(`${what} is stored as ${ids}, and was answered ${eventIds}`);
    if (outcome === 'lost' && stored > 0 && stored < numbers.length)
      faults.push(`${what} is half there: ${stored}`);
    if (outcome === 'refused' && stored > 0) faults.push(`${what} is stored all the same`);
  }
  return faults;
}

/** … and with the deliveries of these events: one for each subscription, delivered, with its attempts in order. */
export function faultsOfDeliveries(
  events: readonly EventView[],
  doors: readonly Door[],
  attemptsOf: AttemptsOf,
): string[] {
  const faults: string[] = [];
  for (const { event_id: id, event_type: type, deliveries } of events) {
    const owed = doors.filter((door) => door.eventTypes.includes(type)).map((door) => door.webhookUid);
    const made = deliveries.map((delivery) => delivery.webhook_uid).sort((a, b) => a - b);
    if (made.join() !== owed.sort((a, b) => a - b).join())
      faults.push(`event ${id} is owed to webhooks ${owed} and has deliveries to ${made}`);
    for (const delivery of deliveries) {
      const door = doors.find((one) => one.webhookUid === delivery.webhook_uid);
      const wanted = door ? attemptsOf(door, delivery.item_uid) : 0;
      const numbers = delivery.attempt_log.map((entry) => entry.attempt).join();
      if (delivery.status !== 'delivered' || OPEN_STATES.includes(delivery.status))
        faults.push(`delivery ${delivery.item_uid} is ${delivery.status}`);
      if (delivery.attempts !== wanted || numbers !== upTo(wanted))
        faults.push(`delivery ${delivery.item_uid} records the attempts ${numbers}, not ${upTo(wanted)}`);
    }
  }
  return faults;
}

/** … and with what has arrived: what nobody owes, attempts that are missing, or the same one twice from one start. */
export function faultsOfArrivals(
  events: readonly EventView[],
  doors: readonly Door[],
  attemptsOf: AttemptsOf,
): string[] {
  const faults: string[] = [];
  const owed = new Map(
    events.flatMap((event) => event.deliveries.map((delivery) => [delivery.item_uid, event])),
  );
  for (const door of doors) {
    const attempts = new Map<number, Set<number>>();
    const fromOneStart = new Set<string>();
    for (const { deliveryUid, attempt, eventId, n, sentBy } of door.arrivals) {
      const event = owed.get(deliveryUid);
      if (event?.event_id !== eventId || event.data.n !== n)
        faults.push(`wh_${deliveryUid} brought event ${eventId}, and nobody owes that`);
      const once = `${deliveryUid} ${attempt} ${sentBy}`;
      if (fromOneStart.has(once))
        faults.push(`wh_${deliveryUid} came twice as attempt ${attempt} (${sentBy})`);
      fromOneStart.add(once);
      attempts.set(deliveryUid, (attempts.get(deliveryUid) ?? new Set()).add(attempt));
    }
    for (const [deliveryUid, seen] of attempts) {
      const numbers = [...seen].sort((a, b) => a - b).join();
      if (numbers !== upTo(attemptsOf(door, deliveryUid)))
        faults.push(`wh_${deliveryUid} came as the attempts ${numbers}`);
    }
    const due = events.flatMap((event) =>
      event.deliveries.filter((delivery) => delivery.webhook_uid === door.webhookUid),
    );
    for (const { item_uid: uid } of due) if (!attempts.has(uid)) faults.push(`wh_${uid} never came`);
  }
  return faults;
}

/** Arrivals of an attempt that had arrived before: the try that the fault cut off, made again. */
export function repeats(arrivals: readonly Arrival[]): Arrival[] {
  const seen = new Set<string>();
  return arrivals.filter(({ deliveryUid, attempt }) => {
    const key = `${deliveryUid} ${attempt}`;
    const again = seen.has(key);
    seen.add(key);
    return again;
  });
}

/**
 * How many attempts of one webhook a sudden end can cut off before their outcome is on the disk: those under
 * way, and those that ended in the same turn of the event loop, whose group is not yet committed and whose
 * connections have begun the next.
 */
export const REPEATS_PER_END = 2 * LIMITS.perLane;

function upTo(n: number): string {
  return Array.from({ length: n }, (_, i) => i + 1).join();
}
