import { ERRORS, type ErrorCode } from '../../domain/errors.js';
import type { Operation } from '../contract/operation.js';

/** Any request can meet these. */
const ALWAYS = [
  'bad-request',
  'request-timeout',
  'headers-too-large',
  'store-unavailable',
  'stopping',
  'internal',
] as const satisfies ErrorCode[];

const HAS_RETRY_AFTER: readonly number[] = [429, 503];

/** What `op` can be refused with, in the catalogue's order. */
export function refusalsOf(op: Operation): ErrorCode[] {
  const codes = new Set<ErrorCode>([...ALWAYS, ...op.errors]);
  if (op.access !== 'open')
    for (const code of ['log-in', 'cross-site', 'too-many-attempts', 'not-administrator'] as const)
      codes.add(code);
  if (op.method !== 'GET') codes.add('body-too-large');
  return (Object.keys(ERRORS) as ErrorCode[]).filter((code) => codes.has(code));
}

/**
 * The OpenAPI responses of these refusals, by status. Those with status 400 are a call's own; the others are
 * shared, and refer to `components.responses`.
 */
export function refusalResponses(codes: readonly ErrorCode[], itemErrors: boolean): Record<string, object> {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of codes) {
    const [status] = ERRORS[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const statuses = [...byStatus].sort(([a], [b]) => a - b);
  return Object.fromEntries(
    statuses.map(([status, group]) => [
      String(status),
      status === 400
        ? refusalResponse(status, group, itemErrors)
        : { $ref: `#/components/responses/${sharedName(group)}` },
    ]),
  );
}

/** `components.responses`: what these groups of codes, each of one status, are answered with. */
export function sharedResponses(operations: readonly Operation[]): Record<string, object> {
  const groups: ErrorCode[][] = [['not-found'], ['method-not-allowed']];
  for (const op of operations) {
    const shared = refusalsOf(op).filter((code) => ERRORS[code][0] !== 400);
    for (const [status] of shared.map((code) => ERRORS[code])) {
      groups.push(shared.filter((code) => ERRORS[code][0] === status));
    }
  }
  const named = new Map(groups.map((group) => [sharedName(group), group]));
  return Object.fromEntries(
    [...named].map(([name, group]) => [name, refusalResponse(ERRORS[group[0] ?? 'internal'][0], group)]),
  );
}

/** `store-unavailable` and `stopping` are `StoreUnavailableStopping`. */
function sharedName(codes: readonly ErrorCode[]): string {
  const words = codes.flatMap((code) => code.split('-'));
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

/** Each text is an example under its code. */
function refusalResponse(status: number, codes: readonly ErrorCode[], itemErrors = false): object {
  return {
    description: codes.map((code) => `\`${ERRORS[code][1]}\``).join(', '),
    ...(HAS_RETRY_AFTER.includes(status) && {
      headers: {
        'Retry-After': {
          description: 'Seconds until a further try makes sense.',
          schema: { type: 'integer' },
        },
      },
    }),
    content: {
      'application/json': {
        schema: {
          type: 'object',
          required: ['error'],
          properties: {
            error: textSchema(
              codes.map((code) => ERRORS[code][1]),
              itemErrors,
            ),
          },
        },
        examples: Object.fromEntries(
          codes.map((code) => [
            code,
            { value: { error: ERRORS[code][1].replace('%s', DETAILS[code] ?? '') } },
          ]),
        ),
      },
    },
  };
}

/** What may stand for `%s`. */
const DETAILS: Partial<Record<ErrorCode, string>> = {
  'no-value': 'url',
  'wrong-type': 'url',
  'address-not-allowed': '169.254.169.254, link-local',
};

function textSchema(texts: readonly string[], itemErrors: boolean): object {
  const open = texts.filter((text) => text.includes('%s'));
  const fixed = texts.filter((text) => !text.includes('%s'));
  const exact = { type: 'string', enum: fixed };
  if (open.length === 0 && !itemErrors) return exact;
  const suffix = itemErrors ? '( \\(item \\d+\\))?' : '';
  const patterns = (itemErrors ? texts : open).map((text) => ({
    type: 'string',
    pattern: `^${text.split('%s').map(escaped).join('[\\s\\S]+')}${suffix}$`,
  }));
  return { anyOf: [...(fixed.length > 0 ? [exact] : []), ...patterns] };
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
