import { isIPv4 } from 'node:net';
import ipaddr from 'ipaddr.js';

/** What counts as one client: an IPv4 address, or the /64 that an IPv6 subscriber has. */
export function networkOf(address: string): string {
  // A flood asks for this with each connection and log-in: the usual address goes the short way.
  if (isIPv4(address) || !ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  return parsed instanceof ipaddr.IPv6 ? `${parsed.parts.slice(0, 4).join(':')}/64` : parsed.toString();
}

/** @param ranges CIDRs and single addresses */
export function inRanges(ranges: readonly string[]): (address: string) => boolean {
  const parsed = ranges.map((range) => ipaddr.parseCIDR(range.includes('/') ? range : single(range)));
  return (address) => {
    if (!ipaddr.isValid(address)) return false;
    const own = ipaddr.process(address);
    return parsed.some(([net, bits]) => own.kind() === net.kind() && own.match(net, bits));
  };
}

function single(address: string): string {
  return `${address}/${ipaddr.parse(address).kind() === 'ipv6' ? 128 : 32}`;
}
