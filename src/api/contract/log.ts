import { type Static, Type } from 'typebox';
import { CATEGORIES, LOG_KEYS, PRIORITIES } from '../../domain/log-filter.js';
import { ListOptions } from './list.js';
import { Milliseconds } from './uid.js';

/** An event as a panel lists it. */
export const LogItem = Type.Object({
  /** When it happened. */
  timestamp: Milliseconds,
  category: Type.Enum([...CATEGORIES]),
  priority: Type.Enum([...PRIORITIES]),
  info: Type.Object({
    /** In the language of `locale`. */
    text: Type.String(),
    /** The event's `data`, to the letter. */
    model: Type.Object({}, { additionalProperties: true }),
  }),
  name: Type.Object({ text: Type.String(), key: Type.Enum([...LOG_KEYS]) }),
});

/** `list_option` is spelled so and comes first, as on a panel. */
export const LogList = Type.Object({ list_option: ListOptions, list_items: Type.Array(LogItem) });
export type LogList = Static<typeof LogList>;

const Fields = Type.Union([Type.Array(Type.String()), Type.String()]);

/** One of both; `logs` in either makes the account's log begin behind what it was shown. */
export const DataClear = Type.Object({
  clear_fields: Type.Optional(Fields),
  data_types: Type.Optional(Fields),
});
