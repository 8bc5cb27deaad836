import { type Icon, IconLayoutDashboard, IconWebhook } from '@tabler/icons-react';
import { type ComponentType, lazy } from 'react';
import type { PageTexts } from './texts/pages.js';

export interface Page {
  /** As wouter spells it; the server answers these addresses too (`src/api/routes/console.ts`). */
  path: string;
  /** Its link in the navigation, a key of the frame's texts; null: it is reached from another page. */
  link: keyof PageTexts['frame']['navigation'] | null;
  icon: Icon | null;
  component: ComponentType;
}

/** Each page is a chunk of its own, whose module has it as its default export. */
export const PAGES: readonly Page[] = [
  page('/', 'overview', IconLayoutDashboard, () => import('./overview/overview-page.js')),
  page('/webhooks', 'webhooks', IconWebhook, () => import('./webhooks/webhooks-page.js')),
];

function page(
  path: string,
  link: Page['link'],
  icon: Page['icon'],
  load: () => Promise<{ default: ComponentType }>,
): Page {
  return { path, link, icon, component: lazy(load) };
}
