import dns from 'node:dns/promises';

/** All addresses of a name, IPv4 and IPv6, in the order to try them; rejects when it has none. */
export type Resolver = (name: string) => Promise<string[]>;

export const LOOKUP_LIMIT_MS = 2_000;

export class NameNotResolved extends Error {
  constructor(reason: string, options: { cause?: unknown } = {}) {
    super(`name not resolved (${reason})`, options);
    this.name = 'NameNotResolved';
  }
}

/** The system's resolver, so that hosts files, mDNS and search domains count as they do everywhere else. */
export const systemResolver: Resolver = async (name) =>
  (await dns.lookup(name, { all: true })).map(({ address }) => address);

/**
 * A resolver with one question at a time per name, which all who ask meanwhile share, and an answer within
 * `limitMs` or `NameNotResolved`. A question that was given up still counts as under way until the system
 * is done with it: it keeps one of the few threads that resolve names, and asking again would take them all.
 */
export function createLookup(resolve: Resolver = systemResolver, limitMs = LOOKUP_LIMIT_MS): Resolver {
  const underWay = new Map<string, Promise<string[]>>();

  function ask(name: string): Promise<string[]> {
    const shared = underWay.get(name);
    if (shared) return shared;
    const asked = Promise.resolve(name)
      .then(resolve)
      .catch((cause: unknown) => {
        throw new NameNotResolved(reasonOf(cause), { cause });
      })
      .finally(() => underWay.delete(name));
    underWay.set(name, asked);
    return asked;
  }

  return async (name) => {
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new NameNotResolved(`no answer within ${limitMs} ms`)), limitMs);
    });
    try {
      const addresses = await Promise.race([ask(name), limit]);
      if (addresses.length === 0) throw new NameNotResolved('no address');
      return addresses;
    } finally {
      clearTimeout(timer);
    }
  };
}

function reasonOf(cause: unknown): string {
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code;
  return cause instanceof Error ? cause.message : 'unknown error';
}
