import { Paper, Table, Text } from '@mantine/core';
import { useApi } from '../client/api.js';
import { PageHead } from '../frame/page-head.js';
import { Pager } from '../list/pager.js';
import { useCursorPages } from '../list/use-cursor-pages.js';
import { EmptyState } from '../state/empty-state.js';
import { ErrorState } from '../state/error-state.js';
import { Loading } from '../state/loading.js';
import { useTexts } from '../texts/use-texts.js';

export default function WebhooksPage() {
  const { t } = useTexts('webhooks');
  const api = useApi();
  const pages = useCursorPages('webhooks', 'list', {}, (filter, page, signal) =>
    api.listWebhooks({ ...filter, ...page }, { signal }),
  );
  return (
    <>
      <PageHead title={t.title} />
      {pages.error && <ErrorState error={pages.error} retry={pages.retry} />}
      {pages.pending && <Loading />}
      {!pages.pending && pages.items.length === 0 && <EmptyState text={t.none} />}
      {pages.items.length > 0 && (
        <Paper withBorder>
          <Table>
            <Table.Tbody>
              {pages.items.map(({ item_uid, url, status }) => (
                <Table.Tr key={item_uid}>
                  <Table.Td>
                    <Text size="sm">{url}</Text>
                  </Table.Td>
                  <Table.Td>{t.statuses[status]}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Paper>
      )}
      <Pager pages={pages} />
    </>
  );
}
