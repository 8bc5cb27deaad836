import { Button, MultiSelect, Paper, Switch } from '@mantine/core';
import { IconFilter, IconX } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { STATUSES } from '../deliveries/delivery-status.js';
import { useTexts } from '../texts/use-texts.js';
import { EventIdField } from './event-id-field.js';
import { EventTypePicker } from './event-type-picker.js';
import { countNarrowed, type Narrowing } from './narrowing.js';
import './narrowing.css';
import { PeriodPicker } from './period-picker.js';
import { SourcePicker } from './source-picker.js';
import { WebhookPicker } from './webhook-picker.js';

export type Part = 'webhook' | 'type' | 'status' | 'source' | 'period' | 'event' | 'unmatched';

/** The filters of a list; on a phone behind a button. */
export function NarrowingBar({
  parts,
  narrowing,
  change,
  clear,
}: {
  parts: readonly Part[];
  narrowing: Narrowing;
  change: (change: Partial<Narrowing>) => void;
  clear: () => void;
}) {
  const { t, fill } = useTexts('narrowing');
  const { t: words } = useTexts('frame');
  const [open, setOpen] = useState(false);
  const fields = useId();
  const count = countNarrowed(narrowing);
  const has = (part: Part) => parts.includes(part);
  return (
    <Paper withBorder p="sm" mb="sm" component="search" className="narrowing" data-open={open || undefined}>
      <Button
        className="narrowing-button"
        variant="default"
        size="sm"
        fullWidth
        leftSection={<IconFilter size={16} aria-hidden />}
        aria-expanded={open}
        aria-controls={fields}
        onClick={() => setOpen(!open)}
      >
        {count === 0 ? t.filters : fill(t.filtersSet, { n: count })}
      </Button>
      <div className="narrowing-fields" id={fields}>
        {has('webhook') && (
          <WebhookPicker
            label={t.webhook}
            value={narrowing.webhook}
            onChange={(webhook) => change({ webhook })}
          />
        )}
        {has('type') && <EventTypePicker value={narrowing.type} onChange={(type) => change({ type })} />}
        {has('status') && (
          <MultiSelect
            label={t.status}
            size="xs"
            placeholder={narrowing.status.length === 0 ? words.all : ''}
            data={STATUSES.map((status) => ({ value: status, label: words.status[status] }))}
            value={narrowing.status}
            onChange={(chosen) => change({ status: STATUSES.filter((status) => chosen.includes(status)) })}
            hidePickedOptions
            checkIconPosition="right"
            clearButtonProps={{ 'aria-label': t.clearOne }}
          />
        )}
        {has('source') && <SourcePicker value={narrowing.source} onChange={(source) => change({ source })} />}
        {has('event') && (
          <EventIdField
            key={narrowing.event.join()}
            value={narrowing.event}
            onChange={(event) => change({ event })}
          />
        )}
        {has('period') && <PeriodPicker narrowing={narrowing} change={change} />}
        {has('unmatched') && (
          <Switch
            className="narrowing-switch"
            size="sm"
            label={t.unmatched}
            checked={narrowing.unmatched}
            onChange={(event) => change({ unmatched: event.currentTarget.checked })}
          />
        )}
        {count > 0 && (
          <Button
            className="narrowing-clear"
            variant="subtle"
            size="xs"
            leftSection={<IconX size={14} aria-hidden />}
            onClick={clear}
          >
            {t.clear}
          </Button>
        )}
      </div>
    </Paper>
  );
}
