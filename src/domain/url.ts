/**
 * Null for what is no URL. Not by `URL.canParse`: once it is hot, Node 20's takes `http://bücher.example` for none
 * (seen with 20.20 after some 100,000 calls).
 */
export function parseUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

/** Queries may hold tokens: for logs and news. Empty for what is no URL. */
export function withoutQuery(text: string): string {
  const url = parseUrl(text);
  return url === null ? '' : url.origin + url.pathname;
}
