import ipaddr from 'ipaddr.js';
import { parseUrl } from '../domain/url.js';
import { isCloudService } from './cloud-services.js';

export type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** What kind of network an address belongs to; `transition` is IPv6 that stands for the IPv4 in it. */
export type AddressClass =
  | 'unicast'
  | 'transition'
  | 'private'
  | 'carrier-grade NAT'
  | 'unique local'
  | 'loopback'
  | 'link-local'
  | 'cloud metadata'
  | 'unspecified'
  | 'multicast'
  | 'broadcast'
  | 'reserved';

const CLASSES: Readonly<Record<string, AddressClass>> = {
  unicast: 'unicast',
  private: 'private',
  carrierGradeNat: 'carrier-grade NAT',
  uniqueLocal: 'unique local',
  loopback: 'loopback',
  linkLocal: 'link-local',
  unspecified: 'unspecified',
  multicast: 'multicast',
  broadcast: 'broadcast',
  rfc6052: 'transition',
  '6to4': 'transition',
  teredo: 'transition',
};

/** All of IPv6 that is given out as global unicast; the rest of the space is reserved. */
const GLOBAL_UNICAST: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse('2000::'), 3];

/**
 * Reads an address literal, in brackets or not, with a zone or not. IPv4 mapped into IPv6 comes back as the
 * IPv4 address, since that is what the system connects to. Null when it is not an address.
 */
export function parseAddress(text: string): Address | null {
  const bare = text.replace(/^\[(.*)\]$/, '$1').replace(/%.*$/, '');
  if (!ipaddr.isValid(bare)) return null;
  if (!(bare.includes(':') && bare.includes('.'))) return ipaddr.process(bare);
  // The library takes `::127.0.0.1` for `::ffff:127.0.0.1`; in hexadecimal they are told apart.
  const url = parseUrl(`http://[${bare}]`);
  return url === null ? null : ipaddr.process(url.hostname.slice(1, -1));
}

export function classOf(address: Address): AddressClass {
  if (isCloudService(address)) return 'cloud metadata';
  // A range that the table does not know is a special one.
  const known = CLASSES[address.range()] ?? 'reserved';
  if (address instanceof ipaddr.IPv6 && known === 'unicast' && !address.match(GLOBAL_UNICAST)) {
    return 'reserved';
  }
  return known;
}

/** The IPv4 addresses that an IPv6 address carries in any of the forms by which one may be reached. */
export function embeddedIn(address: Address): ipaddr.IPv4[] {
  if (address instanceof ipaddr.IPv4) return [];
  const bytes = address.toByteArray();
  const at = (...places: number[]): ipaddr.IPv4 => new ipaddr.IPv4(places.map((place) => bytes[place] ?? 0));
  const range: string = address.range();
  switch (range) {
    case 'loopback':
    case 'unspecified':
      return [];
    case 'rfc6145':
      return [at(12, 13, 14, 15)];
    case '6to4':
      return [at(2, 3, 4, 5)];
    case 'teredo':
      // The server, and the client with its bits turned over.
      return [at(4, 5, 6, 7), new ipaddr.IPv4(bytes.slice(12).map((byte) => byte ^ 0xff))];
    case 'rfc6052':
      return bytes[5] === 1 ? localNat64(at) : [at(12, 13, 14, 15)];
  }
  const compatible = bytes.slice(0, 12).every((byte) => byte === 0);
  // ISATAP: an interface identifier of ::[02]00:5efe:a.b.c.d
  const isatap =
    (bytes[8] === 0 || bytes[8] === 2) && bytes[9] === 0 && bytes[10] === 0x5e && bytes[11] === 0xfe;
  return compatible || isatap ? [at(12, 13, 14, 15)] : [];
}

/**
 * 64:ff9b:1::/48 is cut up by each network as it likes (RFC 8215), so every layout of RFC 6052 that fits in
 * it counts. A layout that reads as 0.0.0.0/8 is not the one in use, unless all do.
 */
function localNat64(at: (...places: number[]) => ipaddr.IPv4): ipaddr.IPv4[] {
  const layouts = [at(6, 7, 9, 10), at(7, 9, 10, 11), at(9, 10, 11, 12), at(12, 13, 14, 15)];
  const used = layouts.filter((layout) => layout.octets[0] !== 0);
  return used.length > 0 ? used : layouts.slice(-1);
}
