import { ActionIcon, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useState } from 'react';
import { useTexts } from '../texts/use-texts.js';

const SHOWN_MS = 1500;

/** @param what names it for those who do not see what it stands beside */
export function CopyButton({ text, what }: { text: string; what?: string }) {
  const { t } = useTexts('frame');
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await copyText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), SHOWN_MS);
  };
  const label = what === undefined ? t.copy : `${t.copy}: ${what}`;
  return (
    <Tooltip label={copied ? t.copied : t.copy}>
      <ActionIcon
        variant="subtle"
        color="gray"
        c="var(--mantine-color-dimmed)"
        aria-label={copied ? t.copied : label}
        onClick={() => void copy()}
      >
        {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
      </ActionIcon>
    </Tooltip>
  );
}

/** Browsers have no clipboard for pages that come by plain HTTP from another machine. */
export async function copyText(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = document.createElement('textarea');
  area.value = text;
  // Within the dialog that has the focus, or the selection would be taken from it.
  const place = document.activeElement?.parentElement ?? document.body;
  place.append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}
