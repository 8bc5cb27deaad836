import { ownHeaders } from './webhook-rules.js';

export const MASK = '***';

/** The headers' JSON text with every value masked; `readWebhook` has accepted it. */
export function maskedHeaders(headers: string | null): string | null {
  if (headers === null) return null;
  const members = ownHeaders(headers).map(([name]) => `${JSON.stringify(name)}:"${MASK}"`);
  return `{${members.join(',')}}`;
}
