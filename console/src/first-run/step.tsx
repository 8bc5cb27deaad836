import { Title } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTexts } from '../texts/use-texts.js';

export function Step({
  number,
  title,
  state,
  children,
}: {
  number: number;
  title: string;
  state: 'done' | 'current' | 'later';
  children: ReactNode;
}) {
  const { t } = useTexts('first-run');
  return (
    <li className="step" data-state={state}>
      <span className="step-number" aria-hidden>
        {state === 'done' ? <IconCheck size={18} stroke={2.4} /> : number}
      </span>
      <div className="step-body">
        <Title order={3} fz="md" mb={4}>
          {title}
          {state === 'done' && <span className="visually-hidden"> ({t.stepDone})</span>}
        </Title>
        {children}
      </div>
    </li>
  );
}
