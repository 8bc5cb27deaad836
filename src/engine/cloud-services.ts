import ipaddr from 'ipaddr.js';

/**
 * Where clouds serve credentials, names and time to their machines, beside 169.254.0.0/16 and fe80::/10, which are
 * refused whole. Of IPv6 the whole network is refused that the address lies in: a /48 is one site's (RFC 4193), and
 * AWS keeps a /32. A site that numbered itself by chance has one of these once in 2^40.
 *
 * Of IPv4 only the addresses themselves: their neighbours are carrier-grade NAT (Alibaba) or the internet (Azure).
 * `test/vectors/cloud-metadata.json` lists what each cloud publishes.
 */
const RANGES = [
  '100.100.100.200/32', // Alibaba
  '168.63.129.16/32', // Azure
  '192.0.0.192/32', // Oracle Classic
  'fd00:ec2::/32', // AWS
  'fd20:ce::/48', // Google
  'fd00:c1::/48', // Oracle
  'fd00:42::/48', // Scaleway
  'fd00:100::/48', // Alibaba
  'fd00:a9fe:a9fe::/48', // Akamai (Linode)
].map((range) => ipaddr.parseCIDR(range));

export function isCloudService(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  return RANGES.some(([network, bits]) => network.kind() === address.kind() && address.match(network, bits));
}
