/** Shorter values are words that an answer may well say by itself; replacing those would garble the record. */
const LEAST = 8;

/**
 * Takes the webhook's own values out of what a receiver said: some answer with the request's headers, and
 * a record is read by people who may not see these.
 * @param secrets the secret and the values of the webhook's own headers
 */
export function maskEchoes(text: string | null, secrets: readonly string[]): string | null {
  if (text === null) return null;
  let masked = text;
  for (const secret of secrets) {
    if (secret.length >= LEAST) masked = masked.replaceAll(secret, '***');
  }
  return masked;
}
