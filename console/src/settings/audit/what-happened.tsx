import type { AuditItem } from '@latchhook/sdk/client';
import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { VisibleText } from '../../readable/visible-text.js';
import { useTexts } from '../../texts/use-texts.js';
import { Changes } from './changes.js';
import { Members } from './members.js';

/** What was done to what, and how it was before and after. */
export function WhatHappened({ entry }: { entry: AuditItem }) {
  const { t } = useTexts('audit');
  const { before, after, changed } = entry;
  const whole = before && after ? null : (after ?? before);
  return (
    <div>
      <strong>{t.actions[entry.action]}</strong>{' '}
      <span className="quiet">
        <Target entry={entry} />
      </span>
      {before && after && changed.length > 0 && <Changes names={changed} before={before} after={after} />}
      {whole && entry.action !== 'login.failed' && <Whole members={whole} />}
    </div>
  );
}

function Target({ entry }: { entry: AuditItem }): ReactNode {
  const { plural } = useTexts('audit');
  const { t } = useTexts('audit');
  const { action, target_uid: uid, before, after } = entry;
  const shown = before ?? after ?? {};
  const member = (name: string) => (typeof shown[name] === 'string' ? shown[name] : '');
  switch (action) {
    case 'webhook.created':
    case 'webhook.changed':
    case 'webhook.deleted':
    case 'webhook.disabled':
      return (
        <>
          {uid} · <VisibleText text={member('url')} />
        </>
      );
    case 'user.created':
    case 'user.changed':
    case 'user.removed':
      return <VisibleText text={member('username')} />;
    case 'key.created':
    case 'key.revoked':
      return <VisibleText text={member('name')} />;
    case 'delivery.resent':
    case 'delivery.cancelled':
      return <Link href={`/deliveries/${uid}`}>{uid}</Link>;
    case 'resend.started':
    case 'resend.cancelled':
      return uid;
    case 'login':
      return null;
    case 'login.failed':
      return plural(t.attempts, Number(after?.['attempts'] ?? 1));
  }
}

/** Of what was made or went away: its members, on demand. */
function Whole({ members }: { members: NonNullable<AuditItem['after']> }) {
  const { t } = useTexts('audit');
  const [open, { toggle }] = useDisclosure(false);
  return (
    <div>
      <Button
        variant="subtle"
        size="compact-xs"
        ml={-6}
        aria-expanded={open}
        leftSection={
          open ? <IconChevronDown size={14} aria-hidden /> : <IconChevronRight size={14} aria-hidden />
        }
        onClick={toggle}
      >
        {t.details}
      </Button>
      {open && <Members members={members} />}
    </div>
  );
}
