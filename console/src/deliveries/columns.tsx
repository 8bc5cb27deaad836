import type { DeliveryItem } from '@latchhook/sdk/client';
import { Link } from 'wouter';
import type { Column } from '../list/list-table.js';
import { shortUrl } from '../narrowing/short-url.js';
import { useTexts } from '../texts/use-texts.js';
import { DeliveryStatusMark } from './delivery-status.js';

type Columns = Record<'status' | 'event' | 'webhook' | 'attempts' | 'accepted', Column<DeliveryItem>>;

/** What lists of deliveries are made of. */
export function useDeliveryColumns({ linked = 'event' }: { linked?: 'event' | 'webhook' } = {}): Columns {
  const { t, shortTime, time, fill } = useTexts('deliveries');
  const link = ({ item_uid }: DeliveryItem, text: string) => (
    <Link href={`/deliveries/${item_uid}`} className="row-link">
      {text}
    </Link>
  );
  return {
    status: {
      title: t.columns.status,
      phone: 'start',
      width: '8.5rem',
      cell: ({ status }) => <DeliveryStatusMark status={status} />,
    },
    event: {
      title: t.columns.event,
      phone: 'line',
      cell: (delivery) => (
        <>
          {linked === 'event' ? link(delivery, delivery.event_text) : delivery.event_text}
          <span className="quiet"> {fill(t.eventNumber, { id: String(delivery.event_id) })}</span>
          {delivery.test && <span className="quiet"> · {t.test}</span>}
        </>
      ),
    },
    webhook: {
      title: t.columns.webhook,
      phone: 'line',
      cell: (delivery) => (
        <span className="one-line" title={delivery.url}>
          {linked === 'webhook' ? link(delivery, shortUrl(delivery.url)) : shortUrl(delivery.url)}
        </span>
      ),
    },
    attempts: {
      title: t.columns.attempts,
      phone: 'line',
      width: '12.75rem',
      cell: (delivery) => <AttemptsSaid delivery={delivery} />,
    },
    accepted: {
      title: t.columns.accepted,
      phone: 'end',
      width: '9rem',
      cell: ({ created_at }) => (
        <time dateTime={new Date(created_at).toISOString()} title={time(created_at)} className="quiet">
          {shortTime(created_at)}
        </time>
      ),
    },
  };
}

function AttemptsSaid({ delivery }: { delivery: DeliveryItem }) {
  const { t, fill } = useTexts('deliveries');
  const { attempts, max_attempts, response_status } = delivery;
  if (attempts === 0) return <span className="quiet">{t.noAttempts}</span>;
  return (
    <>
      {response_status ?? t.noAnswer}
      <span className="quiet"> · {fill(t.attempt, { n: attempts, most: max_attempts })}</span>
    </>
  );
}
