import {
  type Icon,
  IconBell,
  IconLayoutDashboard,
  IconListDetails,
  IconRefresh,
  IconSend,
  IconSettings,
  IconWebhook,
} from '@tabler/icons-react';
import { type ComponentType, lazy } from 'react';
import { loading } from './state/not-loaded.js';
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
  page('/deliveries', 'deliveries', IconSend, () => import('./deliveries/deliveries-page.js')),
  page('/deliveries/:delivery_uid', null, null, () => import('./delivery/delivery-page.js')),
  page('/retry-queue', 'retryQueue', IconRefresh, () => import('./retry-queue/retry-queue-page.js')),
  page('/events', 'events', IconBell, () => import('./events/events-page.js')),
  page('/events/:event_id', null, null, () => import('./event/event-page.js')),
  page('/log', 'log', IconListDetails, () => import('./log/log-page.js')),
  page('/settings', 'settings', IconSettings, () => import('./settings/settings-page.js')),
  page('/settings/:section', null, null, () => import('./settings/settings-page.js')),
];

function page(
  path: string,
  link: Page['link'],
  icon: Page['icon'],
  load: () => Promise<{ default: ComponentType }>,
): Page {
  return { path, link, icon, component: lazy(loading(load)) };
}
