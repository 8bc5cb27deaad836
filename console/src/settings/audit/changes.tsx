import type { AuditItem } from '@latchhook/sdk/client';
import { useTexts } from '../../texts/use-texts.js';
import { MemberName, MemberValue, type Value } from './members.js';

type Shown = NonNullable<AuditItem['after']>;

/** Each member that differs: what it was, and what it is. */
export function Changes({ names, before, after }: { names: string[]; before: Shown; after: Shown }) {
  return (
    <dl className="changes">
      {names.map((name) => (
        <div key={name}>
          <dt>
            <MemberName name={name} />
          </dt>
          <dd>
            <Difference name={name} before={before[name] ?? null} after={after[name] ?? null} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Difference({ name, before, after }: { name: string; before: Value; after: Value }) {
  const { t } = useTexts('audit');
  // What is secret looks the same before and after.
  if (JSON.stringify(before) === JSON.stringify(after)) return <span className="quiet">{t.notShown}</span>;
  if (Array.isArray(before) && Array.isArray(after)) {
    const gone = before.filter((one) => !after.includes(one));
    const fresh = after.filter((one) => !before.includes(one));
    return (
      <>
        {gone.length > 0 && <Was name={name} value={gone} />}
        {fresh.length > 0 && <Is name={name} value={fresh} />}
      </>
    );
  }
  return (
    <>
      {before !== null && before !== '' && <Was name={name} value={before} />}
      <Is name={name} value={after} />
    </>
  );
}

function Was({ name, value }: { name: string; value: Value }) {
  const { t } = useTexts('audit');
  return (
    <del>
      <span className="visually-hidden">{t.was} </span>
      <MemberValue name={name} value={value} />
    </del>
  );
}

function Is({ name, value }: { name: string; value: Value }) {
  const { t } = useTexts('audit');
  return (
    <ins>
      <span className="visually-hidden">{t.is} </span>
      <MemberValue name={name} value={value} />
    </ins>
  );
}
