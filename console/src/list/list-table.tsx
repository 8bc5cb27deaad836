import { Paper } from '@mantine/core';
import type { ReactNode } from 'react';
import './list-table.css';
import type { SteadyRow } from './use-steady-rows.js';

export interface Column<Item> {
  title: string;
  cell: (item: Item) => ReactNode;
  /** Where it goes on a phone, where a row is a card: first line left or right, or a line of its own. */
  phone: 'start' | 'end' | 'line';
  /** The others share what is left. */
  width?: string;
}

/**
 * Rows of plain elements: fifty of them are drawn anew each second. The first link in a row is where a click
 * anywhere on it goes.
 */
export function ListTable<Item>({
  label,
  columns,
  rows,
  keyOf,
  stale = false,
}: {
  label: string;
  columns: readonly Column<Item>[];
  rows: readonly SteadyRow<Item>[];
  keyOf: (item: Item) => number | string;
  stale?: boolean;
}) {
  return (
    <Paper withBorder className="list-paper" data-stale={stale || undefined}>
      {/* biome-ignore-start lint/a11y/noRedundantRoles: as cards on a phone they would lose their roles */}
      <table className="list-table" role="table" aria-label={label} aria-busy={stale}>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map(({ title, width }) => (
              <th key={title} role="columnheader" scope="col" style={width === undefined ? {} : { width }}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map(({ item, gone }) => (
            <tr key={keyOf(item)} role="row" data-gone={gone || undefined}>
              {columns.map(({ title, cell, phone }) => (
                <td key={title} role="cell" data-phone={phone}>
                  {cell(item)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {/* biome-ignore-end lint/a11y/noRedundantRoles: see above */}
    </Paper>
  );
}
