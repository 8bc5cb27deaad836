const BYTES = 24;

/** As Standard Webhooks writes secrets: `whsec_` and base64. */
export function newSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(BYTES));
  return `whsec_${btoa(String.fromCharCode(...bytes))}`;
}
