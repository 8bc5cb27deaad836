import type { EventType, KeyBody } from '@latchhook/sdk/client';

/** What a panel of the vendor sends for a test of its own. */
const TEST_EVENT: EventType = 'log.access_granted_by_api_call';

/**
 * A line for a shell: sends a test event to the server at `url`, or reads there what the key may read.
 * @param key of letters, digits, `_` and `-`: nothing of it means anything to a shell
 */
export function curlOfKey(url: string, key: string, scopes: KeyBody['scopes']): string {
  const may = scopes.includes('events:write') || scopes.includes('admin');
  const path = may ? '/api/v1/events' : '/api/v1/webhooks/events';
  return [
    `curl ${url}${path}`,
    `-H 'Authorization: Bearer ${key}'`,
    ...(may ? [`-d '${JSON.stringify({ event_type: TEST_EVENT, data: { test: 'success' } })}'`] : []),
  ].join(' \\\n  ');
}
