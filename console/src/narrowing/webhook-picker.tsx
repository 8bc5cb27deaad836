import { MultiSelect } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useApi } from '../client/api.js';
import { useTexts } from '../texts/use-texts.js';
import { shortUrl } from './short-url.js';

const FOUND_AT_ONCE = 50;
/** Until a word is written. */
const WAIT_MS = 200;

/** The server looks for them by URL and description: there may be ten thousand. */
export function WebhookPicker({
  label,
  value,
  onChange,
  most,
  size = 'xs',
  withAsterisk = false,
}: {
  label: string;
  value: number[];
  onChange: (value: number[]) => void;
  /** How many can be chosen; default: any. */
  most?: number;
  size?: 'xs' | 'sm';
  withAsterisk?: boolean;
}) {
  const { t } = useTexts('narrowing');
  const { t: words } = useTexts('frame');
  const api = useApi();
  const [typed, setTyped] = useState('');
  const [used, setUsed] = useState(false);
  const [q] = useDebouncedValue(typed.trim(), WAIT_MS);
  const found = useQuery({
    queryKey: ['webhooks', 'picker', q],
    queryFn: ({ signal }) =>
      api.listWebhooks({ ...(q === '' ? {} : { q: [q] }), cursor: '', limit: FOUND_AT_ONCE }, { signal }),
    placeholderData: keepPreviousData,
    // Nothing is read for a field that nobody uses.
    enabled: used,
  });
  const chosen = useQuery({
    queryKey: ['webhooks', 'chosen', value],
    queryFn: ({ signal }) =>
      api.listWebhooks({ webhook_uid: value, cursor: '', limit: FOUND_AT_ONCE }, { signal }),
    placeholderData: keepPreviousData,
    enabled: value.length > 0,
  });
  const data = useMemo(() => {
    const urls = new Map(value.map((uid) => [uid, `#${uid}`]));
    for (const { item_uid, url } of chosen.data?.list_items ?? []) {
      if (urls.has(item_uid)) urls.set(item_uid, shortUrl(url));
    }
    for (const { item_uid, url } of found.data?.list_items ?? []) urls.set(item_uid, shortUrl(url));
    return [...urls].map(([uid, url]) => ({ value: String(uid), label: url }));
  }, [value, chosen.data, found.data]);
  return (
    <MultiSelect
      label={label}
      size={size}
      withAsterisk={withAsterisk}
      placeholder={value.length === 0 ? (withAsterisk ? t.chooseWebhook : words.all) : ''}
      data={data}
      value={value.map(String)}
      onChange={(uids) => onChange(uids.map(Number))}
      {...(most === undefined ? {} : { maxValues: most })}
      searchable
      searchValue={typed}
      onSearchChange={setTyped}
      onFocus={() => setUsed(true)}
      hidePickedOptions
      // The server has narrowed them already.
      filter={({ options }) => options}
      nothingFoundMessage={t.nothingFound}
      comboboxProps={{ width: 340, position: 'bottom-start' }}
    />
  );
}
