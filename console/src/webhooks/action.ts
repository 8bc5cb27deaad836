/** What can be done with a webhook from the table. */
export type Action = 'edit' | 'test' | 'enable' | 'disable' | 'delete';

export interface Sort {
  field: 'item_uid' | 'url' | 'health' | 'status';
  asc: boolean;
}
