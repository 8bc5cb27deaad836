import { type Static, type TSchema, Type } from 'typebox';

/** Of a list that is paged by number. */
const Pages = Type.Object({
  total_items: Type.Integer({ minimum: 0 }),
  items_limit: Type.Integer({ minimum: 1 }),
  total_pages: Type.Integer({ minimum: 0 }),
  current_page: Type.Integer({ minimum: 1 }),
});

/** Of a list that is walked by cursor; null: there is no further page. */
const Walk = Type.Object({
  items_limit: Type.Integer({ minimum: 1 }),
  next_cursor: Type.Union([Type.String(), Type.Null()]),
});

export const ListOptions = Type.Object({
  pagination: Type.Union([Pages, Walk]),
  filter: Type.Object({
    available_filtering: Type.Boolean(),
    available_fields: Type.Array(Type.String()),
    is_filtered: Type.Boolean(),
    /** By field; empty where any value is taken. */
    available_values: Type.Record(
      Type.String(),
      Type.Array(Type.Object({ text: Type.String(), value: Type.String() })),
    ),
    /** The filter in force, where there is one. */
    filter_field: Type.Optional(Type.String()),
    filter_type: Type.Optional(Type.String()),
    filter_format: Type.Optional(Type.String()),
    filter_value: Type.Optional(Type.String()),
    /** The repeatable parameters in force, where there are any. */
    combined: Type.Optional(Type.Record(Type.String(), Type.Array(Type.String()))),
  }),
  sort: Type.Object({
    field: Type.String(),
    asc: Type.Boolean(),
    available_fields: Type.Array(Type.String()),
  }),
});
export type ListOptions = Static<typeof ListOptions>;

/** The envelope of every list but the two below. */
export const listOf = <Item extends TSchema>(item: Item) =>
  Type.Object({ list_items: Type.Array(item), list_options: ListOptions });

/** Of the list of deliveries and the panel's log, which spell it this way. */
export const listWithOptionOf = <Item extends TSchema>(item: Item) =>
  Type.Object({ list_items: Type.Array(item), list_option: ListOptions });
