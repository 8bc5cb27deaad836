import { type TSchema, Type } from 'typebox';
import type { ErrorCode } from '../../domain/errors.js';
import { EVENT_TYPES } from '../../domain/event-types.js';
import { DEFAULT_LOCALE, LOCALES } from '../../domain/texts/locale.js';
import { DeliveryStatus } from '../contract/delivery.js';
import type { Parameter } from '../contract/operation.js';
import { Milliseconds, Uid } from '../contract/uid.js';
import { EventType } from '../contract/webhook.js';
import { DELIVERY_STATUSES, EVENT_ID_FIELD, type FilterField, WEBHOOK_UID_FIELD } from './filter-field.js';
import type { ListSpec } from './list-query.js';

type Parameters = Record<string, Parameter>;

export const LOCALE_PARAMETER: Parameter = {
  schema: Type.String({ default: DEFAULT_LOCALE, examples: [...LOCALES] }),
  description: `Language of texts: ${LOCALES.join(', ')}; any other is ${DEFAULT_LOCALE}.`,
};

export const TIME_PARAMETERS: Parameters = {
  from: {
    schema: Type.Union([Milliseconds, Type.Literal('')]),
    description: 'ms since 1970, inclusive; below 10^11 it is seconds. Empty: not given.',
  },
  to: {
    schema: Type.Union([Milliseconds, Type.Literal('')]),
    description: 'As `from`, and greater.',
  },
};

/** What a list with this specification takes, for the document. */
export function listParameters(spec: ListSpec): Parameters {
  return {
    ...pageParameters(spec),
    locale: LOCALE_PARAMETER,
    ...filterParameters(spec.filters),
    ...Object.fromEntries(spec.repeatable.map((field) => [field.name, repeatable(field)])),
    ...sortParameters(spec),
    ...(spec.time ? TIME_PARAMETERS : {}),
  };
}

/** What such a list can be refused with. */
export function listErrors(spec: ListSpec): ErrorCode[] {
  return [
    ...(['wrong-pagination-limit', 'wrong-page-number'] as const),
    ...FILTER_ERRORS,
    'wrong-sort-type',
    ...(spec.sortFields === null ? [] : (['wrong-sort-field'] as const)),
    ...(spec.time ? (['wrong-time-format', 'wrong-time-range'] as const) : []),
  ];
}

export const FILTER_ERRORS = [
  'wrong-filter-type',
  'wrong-filter-field',
  'wrong-filter-format',
  'wrong-filter-value',
] as const satisfies ErrorCode[];

export function filterParameters(fields: readonly FilterField[]): Parameters {
  if (fields.length === 0) return {};
  const values = fields.map((field) => `\`${field.name}\`: ${valuesOf(field)}`).join('; ');
  return {
    filter_field: {
      schema: Type.String({ enum: fields.map(({ name }) => name) }),
      description: 'Show only items whose member of this name is `filter_value`.',
    },
    filter_value: { schema: Type.String(), description: `Needed with \`filter_field\`. ${values}.` },
    filter_type: { schema: Type.Literal('equal'), description: 'May be left out.' },
    filter_format: { schema: Type.Literal('string'), description: 'May be left out.' },
  };
}

function pageParameters({ cursor }: ListSpec): Parameters {
  return {
    limit: {
      schema: cursor
        ? Type.Integer({ minimum: 1, maximum: 200, default: 10 })
        : Type.Integer({ enum: [10, 20, 30, 50], default: 10 }),
      description: cursor
        ? '10, 20, 30 or 50 items a page; together with `cursor` any number from 1 to 200.'
        : 'Items a page.',
    },
    page_number: {
      schema: Type.Integer({ minimum: 1, default: 1 }),
      description: 'Past the end the list is empty.',
    },
    ...(cursor && {
      cursor: {
        schema: Type.String(),
        description:
          'Walks the list without counting it: empty for the first page, then `next_cursor` of the page before.',
      },
    }),
  };
}

function sortParameters({ sortFields }: ListSpec): Parameters {
  return {
    sort_type: {
      schema: Type.String({ enum: ['asc', 'desc'] }),
      description: 'Without any sort parameter the newest come first.',
    },
    ...(sortFields && {
      sort_field: { schema: Type.String({ enum: [...sortFields], default: sortFields[0] }), description: '' },
    }),
  };
}

/** In a few words. */
function valuesOf({ values }: FilterField): string {
  if (values === null) return 'any';
  return values.length > 10 ? `one of \`${values[0]}\`, …` : values.join(', ');
}

const UIDS = [WEBHOOK_UID_FIELD.name, EVENT_ID_FIELD.name];

/** Those that the document has a name for. */
const NAMED_VALUES = new Map<FilterField['values'], TSchema>([
  [EVENT_TYPES, EventType],
  [DELIVERY_STATUSES, DeliveryStatus],
]);

function repeatable({ name, values }: FilterField): Parameter {
  const named = UIDS.includes(name) ? Uid : NAMED_VALUES.get(values);
  const item = named ?? (values === null ? Type.String() : Type.String({ enum: [...values] }));
  return {
    schema: Type.Array(item),
    description: `Any of these${values === null && name === 'q' ? ' texts in URL or description' : ''}; may be repeated, and combined with other filters.`,
  };
}
