import { expect, test } from 'vitest';
import { inRanges, networkOf } from './network.js';

test.each([
  ['one IPv4 address', '192.0.2.7', '192.0.2.8', false],
  ['IPv4 within IPv6', '192.0.2.7', '::ffff:192.0.2.7', true],
  ['addresses of one IPv6 /64', '2001:db8:0:1::1', '2001:db8::1:ffff:0:0:2', true],
  ['addresses of two IPv6 /64', '2001:db8:0:1::1', '2001:db8:0:2::1', false],
  ['an address with its zone', 'fe80::1', 'fe80::2%eth0', true],
])('%s: %s and %s are one client: %s', (_what, one, other, same) => {
  expect(networkOf(one) === networkOf(other)).toBe(same);
});

test.each([
  ['10.1.2.3', true],
  ['::ffff:10.1.2.3', true],
  ['11.1.2.3', false],
  ['192.0.2.1', true],
  ['192.0.2.2', false],
  ['2001:db8::5', true],
  ['2001:db9::5', false],
  ['no address', false],
])('%s is in the ranges: %s', (address, expected) => {
  expect(inRanges(['10.0.0.0/8', '192.0.2.1', '2001:db8::/32'])(address)).toBe(expected);
});
