import { readableMembers } from '../readable/json-text.js';
import { VisibleText } from '../readable/visible-text.js';

/** Members of an event's data that say who it was, in this order. */
const SAID = ['owner', 'number'] as const;

/** @param data JSON text of an object */
export function Who({ data }: { data: string }) {
  const members = readableMembers(data);
  const said = SAID.map((name) => members.get(name)).filter((value) => value !== undefined && value !== '');
  return <VisibleText text={said.join(' · ')} />;
}
