/** What the demo prints: one line per arrival, a summary at the end. Colours only where they are seen. */
import type { Arrival } from './receiver.js';

export interface Totals {
  /** Reports that the panel posted and the server took. */
  events: number;
  arrivals: number;
  delivered: number;
  refused: number;
  deliveredByRetry: number;
  badSignatures: number;
  /** From the door to the receiver, for those that needed no retry; ms, unsorted. */
  firstTryMs: number[];
}

export interface Lines {
  arrival(arrival: Arrival): string;
  summary(totals: Totals): string;
  note(label: string, text: string): string;
}

type Paint = 'green' | 'red' | 'yellow' | 'dim';
const CODES: Record<Paint, number> = { green: 32, red: 31, yellow: 33, dim: 2 };

export function demoLines(colours: boolean): Lines {
  const paint = (how: Paint, text: string) => (colours ? `\x1b[${CODES[how]}m${text}\x1b[0m` : text);
  return {
    arrival(arrival) {
      const ok = arrival.status < 300;
      const outcome = ok ? paint('green', '200') : paint('red', String(arrival.status));
      const tries = `attempt ${arrival.attempt}`;
      const took = `${arrival.at - arrival.event.created_at} ms`;
      return [
        paint('dim', clock(arrival.at)),
        outcome,
        inWords(arrival.event.event_type).padEnd(42),
        who(arrival.event.data).padEnd(44),
        arrival.attempt > 1 ? paint('yellow', tries) : tries,
        arrival.signatureOk ? 'signature ok' : paint('red', 'signature WRONG'),
        paint('dim', took.padStart(8)),
      ].join('  ');
    },
    summary(totals) {
      const open = totals.events - totals.delivered;
      return [
        '',
        `events taken in      ${totals.events}`,
        `requests received    ${totals.arrivals}, ${totals.refused} of them refused by the receiver`,
        `delivered            ${totals.delivered}, ${totals.deliveredByRetry} of them by a retry`,
        `still owed           ${open}`,
        `wrong signatures     ${totals.badSignatures}`,
        `door to receiver     ${median(totals.firstTryMs)} (median of those that needed no retry)`,
      ].join('\n');
    },
    note: (label, text) => `${paint('dim', label.padEnd(10))} ${text}`,
  };
}

/** `log.door_was_opened` → `Door was opened` */
function inWords(eventType: string): string {
  const words = eventType.replace('log.', '').replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function who(data: Record<string, unknown>): string {
  const parts = [data['door'], data['owner']];
  if (data['host'] !== undefined) parts.push(`apartment ${String(data['host'])}`);
  if (data['number'] !== undefined) parts.push(`#${String(data['number'])}`);
  return parts.filter((part) => typeof part === 'string').join(', ');
}

/** UTC, so that the demo reads the same everywhere. */
function clock(at: number): string {
  return new Date(at).toISOString().slice(11, 23);
}

function median(values: number[]): string {
  const middle = values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
  return middle === undefined ? '–' : `${middle} ms`;
}
