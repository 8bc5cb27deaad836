import { Text } from '@mantine/core';
import { useTexts } from '../../texts/use-texts.js';
import { bytesText } from './bytes.js';

const LITTLE = 0.1;

/** How full the disk is that the store is on. */
export function DiskBar({ free, total }: { free: number; total: number }) {
  const { t, fill, percent, language } = useTexts('settings');
  const used = total > 0 ? 1 - free / total : 0;
  const said = fill(t.diskText, {
    free: bytesText(free, language),
    total: bytesText(total, language),
    used: percent(Math.round(used * 100)),
  });
  return (
    <>
      <Text size="sm" mt="xs">
        {said}
      </Text>
      <div className="disk-bar" role="img" aria-label={said}>
        <span
          style={{
            width: `${used * 100}%`,
            background: used > 1 - LITTLE ? 'var(--latch-bad)' : 'var(--latch-accent)',
          }}
        />
      </div>
    </>
  );
}
