import { type Static, type TSchema, Type } from 'typebox';

export const ListOptions = Type.Object({
  pagination: Type.Object({
    total_items: Type.Integer(),
    items_limit: Type.Integer(),
    total_pages: Type.Integer(),
    current_page: Type.Integer(),
  }),
  filter: Type.Object({
    available_filtering: Type.Boolean(),
    available_fields: Type.Array(Type.String()),
    is_filtered: Type.Boolean(),
    available_values: Type.Record(
      Type.String(),
      Type.Array(Type.Object({ text: Type.String(), value: Type.String() })),
    ),
  }),
  sort: Type.Object({
    field: Type.String(),
    asc: Type.Boolean(),
    available_fields: Type.Array(Type.String()),
  }),
});
export type ListOptions = Static<typeof ListOptions>;

/** The envelope of every list. */
export const listOf = <Item extends TSchema>(item: Item) =>
  Type.Object({ list_items: Type.Array(item), list_options: ListOptions });
