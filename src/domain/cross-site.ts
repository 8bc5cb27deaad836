import { parseUrl } from './url.js';

/** What a request tells of the page that caused it. */
export interface PageOfRequest {
  /** `Sec-Fetch-Site`; a page cannot set it. */
  fetchSite: string | undefined;
  /** `Origin` */
  origin: string | undefined;
  /** Names that the server is called by, as `host` or `host:port`. */
  hosts: readonly string[];
  /** A URL of the server; null: not known. */
  publicUrl: string | null;
}

/**
 * Whether a browser says that a page of another site caused this request. Programs say nothing of it; nor do
 * browsers over plain http, for images and the like.
 */
export function isCrossSite({ fetchSite, origin, hosts, publicUrl }: PageOfRequest): boolean {
  if (fetchSite === 'cross-site' || fetchSite === 'same-site') return true;
  if (fetchSite === 'same-origin' || fetchSite === 'none') return false;
  if (origin === undefined) return false;
  // `null`, of a page without an origin of its own, is no URL.
  const page = parseUrl(origin);
  if (page === null) return true;
  if (publicUrl !== null && new URL(publicUrl).origin === page.origin) return false;
  // A proxy may end TLS, so that only the page knows by which scheme it came: its default port is left out.
  return !hosts.some((host) => hostOf(`${page.protocol}//${host}`) === page.host);
}

function hostOf(url: string): string | null {
  return parseUrl(url)?.host ?? null;
}
