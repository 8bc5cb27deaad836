import { IconAlertTriangle, IconDoor, IconInfoCircle, IconServer } from '@tabler/icons-react';
import '../list/mark.css';
import { useTexts } from '../texts/use-texts.js';

export type Category = 'access' | 'emergency' | 'info' | 'system';

const LOOK = {
  access: { icon: IconDoor, color: 'var(--latch-good)' },
  emergency: { icon: IconAlertTriangle, color: 'var(--latch-bad)' },
  info: { icon: IconInfoCircle, color: 'var(--latch-accent)' },
  system: { icon: IconServer, color: 'var(--latch-held)' },
} as const;

export const CATEGORIES = Object.keys(LOOK) as Category[];

/** How a panel files an event: an icon in its colour and a word. */
export function CategoryMark({ category }: { category: Category }) {
  const { t } = useTexts('narrowing');
  const { icon: Icon, color } = LOOK[category];
  return (
    <span className="mark">
      <Icon size={16} stroke={2} color={color} aria-hidden />
      {t.categories[category]}
    </span>
  );
}
