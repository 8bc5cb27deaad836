import type { AuditItem } from '@latchhook/sdk/client';
import { useEventTypes } from '../../events-known/use-event-types.js';
import { VisibleText } from '../../readable/visible-text.js';
import { useTexts } from '../../texts/use-texts.js';

type Shown = NonNullable<AuditItem['after']>;
export type Value = Shown[string];

const INSTANTS = new Set(['from', 'to']);

/** What a thing is or was; what it does not have is left out. */
export function Members({ members }: { members: Shown }) {
  return (
    <dl className="changes">
      {Object.entries(members)
        .filter(([, value]) => value !== null)
        .map(([name, value]) => (
          <div key={name}>
            <dt>
              <MemberName name={name} />
            </dt>
            <dd>
              <MemberValue name={name} value={value} />
            </dd>
          </div>
        ))}
    </dl>
  );
}

/** As the API spells it where it has no other name. */
export function MemberName({ name }: { name: string }) {
  const { t } = useTexts('audit');
  const names: Readonly<Record<string, string>> = t.members;
  return Object.hasOwn(names, name) ? names[name] : name;
}

export function MemberValue({ name, value }: { name: string; value: Value }) {
  const { t, number, time } = useTexts('audit');
  const { t: webhooks } = useTexts('webhooks');
  const { nameOf } = useEventTypes();
  if (value === null || value === '') return <span className="quiet">{t.empty}</span>;
  if (value === true) return t.yes;
  if (value === false) return t.no;
  if (typeof value === 'number') {
    if (INSTANTS.has(name)) return time(value);
    return name.endsWith('_uid') || name.endsWith('_id') ? String(value) : number(value);
  }
  if (name === 'event_types' && Array.isArray(value)) return value.map(nameOf).join(', ');
  if (name === 'disabled_reason' && typeof value === 'string') {
    const reasons: Readonly<Record<string, string>> = webhooks.reasons;
    if (Object.hasOwn(reasons, value)) return reasons[value];
  }
  return <VisibleText text={Array.isArray(value) ? value.join(', ') : value} />;
}
