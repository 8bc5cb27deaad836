import ipaddr from 'ipaddr.js';
import { type Address, type AddressClass, classOf, embeddedIn, parseAddress } from './addresses.js';
import type { EgressGuard, EgressVerdict } from './door.js';
import { Lookup, type LookupOptions, NameNotResolved } from './lookup.js';

export interface EgressOptions extends Pick<LookupOptions, 'resolve' | 'clock' | 'places'> {
  /** `lan`: the networks of a building are allowed; `public`: only what the internet reaches. */
  mode: 'lan' | 'public';
  /** CIDRs or single addresses allowed besides; they come before every refusal. */
  allow: string[];
}

/** The guard as the sender uses it; `checkUrl` is built from the same parts, so both say the same. */
export interface Egress extends EgressGuard {
  /** Judges one address literal; what is not an address is refused. */
  judge(address: string): EgressVerdict;
  /**
   * The addresses of a name that may be connected to, at least one; rejects with `AddressNotAllowed` or
   * `NameNotResolved`. Whoever connects must use these, and must not resolve again: a name may have another
   * answer ready for the second question. Answers are kept for a while, verdicts never.
   */
  resolve(name: string): Promise<string[]>;
}

export class AddressNotAllowed extends Error {
  constructor(
    readonly address: string,
    readonly addressClass: string,
  ) {
    super(`address not allowed (${address}, ${addressClass})`);
    this.name = 'AddressNotAllowed';
  }
}

const PASSES: Record<EgressOptions['mode'], ReadonlySet<AddressClass>> = {
  lan: new Set<AddressClass>(['unicast', 'transition', 'private', 'carrier-grade NAT', 'unique local']),
  public: new Set<AddressClass>(['unicast', 'transition']),
};

/** Throws `RangeError` for an `allow` that is neither a CIDR nor an address. */
export function createEgressGuard(options: EgressOptions): Egress {
  const passes = PASSES[options.mode];
  const allow = options.allow.map(parseRange);
  const lookup = new Lookup({
    ...options,
    useful: (addresses) => addresses.some((address) => judge(address).allowed),
  });

  /** The class for which an address is refused, null when it is allowed. */
  function refusal(address: Address): AddressClass | null {
    if (allow.some(([network, bits]) => network.kind() === address.kind() && address.match(network, bits))) {
      return null;
    }
    for (const inner of embeddedIn(address)) {
      const refused = refusal(inner);
      if (refused) return refused;
    }
    const own = classOf(address);
    return passes.has(own) ? null : own;
  }

  function judge(text: string): EgressVerdict {
    const address = parseAddress(text);
    if (!address) return { allowed: false, address: text, addressClass: 'not an address' };
    const addressClass = refusal(address);
    return addressClass ? { allowed: false, address: address.toString(), addressClass } : { allowed: true };
  }

  /**
   * One allowed address is enough: a `.local` name often resolves to fe80:: besides its address in the LAN.
   * Only the allowed ones are ever connected to.
   */
  async function resolve(name: string): Promise<string[]> {
    const addresses = await lookup.addresses(name);
    const allowed = addresses.filter((address) => judge(address).allowed);
    const first = judge(addresses[0] ?? '');
    if (allowed.length === 0 && !first.allowed) {
      throw new AddressNotAllowed(first.address, first.addressClass);
    }
    return allowed;
  }

  return {
    judge,
    resolve,
    async checkUrl(url) {
      // A URL's host is normalised already: an address in whatever spelling has become a plain literal.
      if (parseAddress(url.hostname)) return judge(url.hostname);
      try {
        await resolve(url.hostname);
      } catch (error) {
        if (error instanceof AddressNotAllowed) {
          return { allowed: false, address: error.address, addressClass: error.addressClass };
        }
        // Judged again at each attempt; a panel must be addable before its name is.
        if (!(error instanceof NameNotResolved)) throw error;
      }
      return { allowed: true };
    },
  };
}

function parseRange(text: string): [Address, number] {
  try {
    if (text.includes('/')) return ipaddr.parseCIDR(text);
    const address = ipaddr.parse(text);
    return [address, address.kind() === 'ipv4' ? 32 : 128];
  } catch (cause) {
    throw new RangeError(`neither an address nor a CIDR: ${text}`, { cause });
  }
}
