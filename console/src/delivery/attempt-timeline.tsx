import type { AttemptEntry, Delivery } from '@latchhook/sdk/client';
import { Button, Title } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { isOpen } from '../deliveries/is-open.js';
import { Exchange } from '../exchange/exchange.js';
import { VisibleText } from '../readable/visible-text.js';
import { Countdown } from '../retry-queue/countdown.js';
import { useTexts } from '../texts/use-texts.js';
import './attempt-timeline.css';

/** Of a delivery that was resent many times, the last ones are what one came for. */
const SHOWN_AT_FIRST = 10;

/** From acceptance to the end, in order; the last attempt is open. */
export function AttemptTimeline({ delivery, body }: { delivery: Delivery; body: string | null }) {
  const { t, time, fill, plural } = useTexts('delivery');
  const { t: words } = useTexts('frame');
  const [all, setAll] = useState(false);
  const attempts = delivery.attempt_log;
  const shown = all ? attempts : attempts.slice(-SHOWN_AT_FIRST);
  const hidden = attempts.length - shown.length;
  const last = attempts.at(-1);
  return (
    <section aria-label={t.timeline}>
      <Title order={2} mb="xs">
        {t.timeline}
      </Title>
      <ol className="timeline">
        <Point look="done" at={time(delivery.created_at)}>
          {t.accepted}
        </Point>
        {hidden > 0 && (
          <li className="timeline-more">
            <Button variant="subtle" size="compact-sm" onClick={() => setAll(true)}>
              {plural(t.earlier, hidden)}
            </Button>
          </li>
        )}
        {shown.map((attempt) => (
          <AttemptPoint
            // The next one opens by itself, and this one is as it was left.
            key={attempt.attempt}
            attempt={attempt}
            url={delivery.url}
            body={body}
            openAtFirst={attempt === last}
          />
        ))}
        {isOpen(delivery) ? (
          <Point look="open">
            {delivery.status === 'held' && t.isHeld}
            {delivery.status !== 'held' && delivery.next_attempt_at !== null && (
              <>
                {t.nextAttempt} <Countdown at={delivery.next_attempt_at} />
              </>
            )}
            {delivery.status !== 'held' && delivery.next_attempt_at === null && t.waits}
          </Point>
        ) : (
          <Point look={delivery.status === 'delivered' ? 'good' : 'bad'}>
            {fill(t.ended, { status: words.status[delivery.status] })}
            {delivery.reason !== null && delivery.reason !== 'success' && ` · ${t.reasons[delivery.reason]}`}
          </Point>
        )}
      </ol>
    </section>
  );
}

function Point({
  look,
  at,
  children,
}: {
  look: 'done' | 'good' | 'bad' | 'open';
  at?: string;
  children: ReactNode;
}) {
  return (
    <li className="timeline-point" data-look={look}>
      <span>{children}</span>
      {at !== undefined && <span className="quiet">{at}</span>}
    </li>
  );
}

function AttemptPoint({
  attempt,
  url,
  body,
  openAtFirst,
}: {
  attempt: AttemptEntry;
  url: string;
  body: string | null;
  openAtFirst: boolean;
}) {
  const { t, fill, time, duration } = useTexts('delivery');
  const [open, setOpen] = useState(openAtFirst);
  const { error, response_status } = attempt;
  return (
    <li className="timeline-point" data-look={error === null ? 'good' : 'bad'}>
      <button type="button" className="timeline-button" aria-expanded={open} onClick={() => setOpen(!open)}>
        <IconChevronRight size={16} aria-hidden className="timeline-chevron" />
        <strong>{fill(t.attempt, { n: attempt.attempt })}</strong>
        <span>
          {response_status === null ? <VisibleText text={error ?? ''} /> : response_status}
          {' · '}
          {duration(attempt.duration_ms)}
        </span>
        <span className="quiet">{time(attempt.started_at)}</span>
      </button>
      {open && (
        <div className="timeline-exchange">
          <Exchange attempt={attempt} url={url} body={body} />
        </div>
      )}
    </li>
  );
}
