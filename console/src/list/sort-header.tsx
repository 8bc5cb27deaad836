import { Group, Table, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react';

/** The head of a column by which the list can be sorted; a second click turns it round. */
export function SortHeader({
  label,
  asc,
  onSort,
  visibleFrom,
}: {
  label: string;
  /** null: it is sorted by another one. */
  asc: boolean | null;
  onSort: (asc: boolean) => void;
  visibleFrom?: 'xs' | 'sm' | 'md';
}) {
  const Icon = asc === null ? IconArrowsSort : asc ? IconArrowUp : IconArrowDown;
  return (
    <Table.Th
      role="columnheader"
      aria-sort={asc === null ? 'none' : asc ? 'ascending' : 'descending'}
      {...(visibleFrom ? { visibleFrom } : {})}
    >
      <UnstyledButton fz="inherit" fw="inherit" onClick={() => onSort(asc === null ? true : !asc)}>
        <Group gap={4} wrap="nowrap">
          {label}
          <Icon size={14} opacity={asc === null ? 0.45 : 1} aria-hidden />
        </Group>
      </UnstyledButton>
    </Table.Th>
  );
}
