import {
  type Icon,
  IconAdjustments,
  IconHistory,
  IconInfoCircle,
  IconKey,
  IconUsers,
} from '@tabler/icons-react';
import { type ComponentType, lazy, Suspense } from 'react';
import { Link, useParams } from 'wouter';
import { NotFound } from '../frame/not-found.js';
import { PageHead } from '../frame/page-head.js';
import { useMayChange } from '../session/session.js';
import { Loading } from '../state/loading.js';
import { loading } from '../state/not-loaded.js';
import type { PageTexts } from '../texts/pages.js';
import { useTexts } from '../texts/use-texts.js';
import './settings.css';

type Name = keyof PageTexts['settings']['sections'];

interface Section {
  name: Name;
  icon: Icon;
  /** The API tells it to administrators alone. */
  administrators: boolean;
  component: ComponentType;
}

const SECTIONS: readonly Section[] = [
  section('users', IconUsers, true, () => import('./users/users-section.js')),
  section('keys', IconKey, true, () => import('./keys/keys-section.js')),
  section('audit', IconHistory, true, () => import('./audit/audit-section.js')),
  section('general', IconAdjustments, false, () => import('./general/general-section.js')),
  section('about', IconInfoCircle, false, () => import('./about/about-section.js')),
];

/** Each section has an address, `/settings/keys`; `/settings` shows the first of those that one may see. */
export default function SettingsPage() {
  const { t } = useTexts('settings');
  const mayChange = useMayChange();
  const asked = useParams<{ section?: string }>().section;
  const sections = SECTIONS.filter(({ administrators }) => mayChange || !administrators);
  const shown = asked === undefined ? sections[0] : sections.find(({ name }) => name === asked);
  if (!shown) return <NotFound />;
  const { component: Component } = shown;
  return (
    <>
      <PageHead title={t.title} {...(asked === undefined ? {} : { part: t.sections[shown.name] })} />
      <nav className="sections" aria-label={t.sectionsLabel}>
        {sections.map(({ name, icon: Icon }) => (
          <Link
            key={name}
            href={`/settings/${name}`}
            className="section-link"
            {...(name === shown.name ? { 'aria-current': 'page' as const } : {})}
          >
            <Icon size={17} stroke={1.7} aria-hidden />
            {t.sections[name]}
          </Link>
        ))}
      </nav>
      <Suspense fallback={<Loading />}>
        <Component />
      </Suspense>
    </>
  );
}

function section(
  name: Name,
  icon: Icon,
  administrators: boolean,
  load: () => Promise<{ default: ComponentType }>,
): Section {
  return { name, icon, administrators, component: lazy(loading(load)) };
}
