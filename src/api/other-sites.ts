import type { FastifyRequest } from 'fastify';
import type { Config } from '../config.js';
import { isCrossSite } from '../domain/cross-site.js';
import { Refusal } from '../domain/errors.js';

/**
 * A browser sends a log-in, and a name and password that it knows, also when a page of another site asks for it:
 * such a page could guess, or lock its reader out. A token or key is sent by nobody but who holds it.
 * @throws Refusal `cross-site`, which counts as no failure
 */
export function refuseOtherSites(
  { headers, host }: FastifyRequest,
  { publicUrl }: Pick<Config, 'publicUrl'>,
): void {
  const fetchSite = headers['sec-fetch-site'];
  const crossSite = isCrossSite({
    fetchSite: typeof fetchSite === 'string' ? fetchSite : undefined,
    origin: headers.origin,
    // The second is what a trusted proxy was asked for.
    hosts: [headers.host ?? '', host],
    publicUrl,
  });
  if (crossSite) throw new Refusal('cross-site');
}

/** As `refuseOtherSites`, for a request whose credentials a browser may have added by itself. */
export function refuseBasicOfOtherSites(request: FastifyRequest, config: Pick<Config, 'publicUrl'>): void {
  if (/^\s*basic\b/i.test(request.headers.authorization ?? '')) refuseOtherSites(request, config);
}
