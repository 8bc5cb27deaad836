import type { IncomingMessage } from 'node:http';
import { isIP, isIPv4, isIPv6 } from 'node:net';
import ipaddr from 'ipaddr.js';
import type { Clock } from '../clock.js';
import type { Log } from '../log.js';
import { SettingError } from '../settings.js';

const WARN_EVERY_MS = 3_600_000;

/** Ranges in which a peer is rather a proxy of the operator's than a stranger. */
const NEAR = new Set(['loopback', 'private', 'uniqueLocal', 'linkLocal', 'carrierGradeNat']);

type Address = ipaddr.IPv4 | ipaddr.IPv6;

export interface ClientAddressParts {
  /** Addresses and CIDR ranges of `LATCHHOOK_TRUST_PROXY`. */
  trusted: readonly string[];
  clock: Pick<Clock, 'monotonic'>;
  log: Log;
}

/**
 * Which address a request comes from: the peer, or what trusted proxies say of it in `X-Forwarded-For`. Each proxy
 * adds whom it heard at the right end, so the header is read from there, for as long as the one who wrote is trusted.
 */
export class ClientAddresses {
  readonly #trusted: readonly [Address, number][];
  readonly #clock: Pick<Clock, 'monotonic'>;
  readonly #log: Log;
  #quietUntil = Number.NEGATIVE_INFINITY;

  /** @throws SettingError for a range that is everybody */
  constructor({ trusted, clock, log }: ClientAddressParts) {
    this.#trusted = trusted.map(rangeOf);
    this.#clock = clock;
    this.#log = log;
  }

  /** Whether it is one of the proxies; false for what is no address. */
  trusts(text: string | undefined): boolean {
    const address = text === undefined ? null : readAddress(text);
    return address !== null && this.#isTrusted(address);
  }

  /** Empty when the peer has gone already. */
  of({ socket, headers }: Pick<IncomingMessage, 'socket' | 'headers'>): string {
    const peer = readAddress(socket.remoteAddress ?? '');
    if (peer === null) return '';
    const forwarded = headers['x-forwarded-for'];
    if (forwarded === undefined) return peer.toString();
    if (this.#trusted.length === 0 && NEAR.has(peer.range())) this.#warn(peer);
    // Node joins several lines of this header into one text.
    return this.#follow(peer, String(forwarded)).toString();
  }

  /** What is no address ends the way: the proxy that wrote it stands for its client. */
  #follow(peer: Address, forwarded: string): Address {
    let client = peer;
    for (let end = forwarded.length; end >= 0 && this.#isTrusted(client); ) {
      const comma = end === 0 ? -1 : forwarded.lastIndexOf(',', end - 1);
      const next = readForwarded(forwarded.slice(comma + 1, end));
      if (next === null) break;
      client = next;
      end = comma;
    }
    return client;
  }

  #isTrusted(address: Address): boolean {
    return this.#trusted.some(
      ([network, bits]) => network.kind() === address.kind() && address.match(network, bits),
    );
  }

  #warn(peer: Address): void {
    const now = this.#clock.monotonic();
    if (now < this.#quietUntil) return;
    this.#quietUntil = now + WARN_EVERY_MS;
    this.#log.warn(
      { address: peer.toString() },
      'X-Forwarded-For is ignored: if this address is your proxy, name it in LATCHHOOK_TRUST_PROXY, ' +
        'or all its clients count as one',
    );
  }
}

/**
 * One entry of `X-Forwarded-For`: an address, which some proxies put in brackets or give a port (`1.2.3.4:40000`,
 * `[2001:db8::1]:443`). Null for `unknown`, hidden names and whatever else is none.
 */
export function readForwarded(entry: string): Address | null {
  const text = entry.trim();
  const parts = /^(?:\[([^\]]*)\]|([\d.]+))(?::(\d{1,5}))?$/.exec(text);
  if (!parts) return readAddress(text);
  const [, bracketed, dotted, port] = parts;
  if (Number(port ?? 0) > 65_535) return null;
  return bracketed === undefined
    ? readAddress(dotted ?? '')
    : isIPv6(bracketed)
      ? readAddress(bracketed)
      : null;
}

/** An address as systems write it, without its zone. IPv4 mapped into IPv6 comes back as the IPv4 address. */
function readAddress(text: string): Address | null {
  if (isIP(text) === 0) return null;
  if (isIPv4(text)) return ipaddr.IPv4.parse(text);
  // In hexadecimal, since ipaddr.js takes `::127.0.0.1` for `::ffff:127.0.0.1`.
  return ipaddr.process(new URL(`http://[${text.replace(/%.*$/, '')}]`).hostname.slice(1, -1));
}

function rangeOf(text: string): [Address, number] {
  const [address, bits] = text.includes('/') ? ipaddr.parseCIDR(text) : [ipaddr.parse(text), null];
  const most = address.kind() === 'ipv4' ? 32 : 128;
  if (bits === 0)
    throw new SettingError(`LATCHHOOK_TRUST_PROXY: ${text} is everybody, who could then make up addresses`);
  if (address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress() && (bits ?? most) > 96) {
    return [address.toIPv4Address(), (bits ?? most) - 96];
  }
  return [address, bits ?? most];
}
