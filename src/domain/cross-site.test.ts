import { expect, test } from 'vitest';
import { isCrossSite } from './cross-site.js';

const OURS = { fetchSite: undefined, origin: undefined, hosts: ['door.example:8480'], publicUrl: null };

test.each([
  ['cross-site', true],
  ['same-site', true],
  ['same-origin', false],
  ['none', false],
])('Sec-Fetch-Site: %s decides, whatever Origin says', (fetchSite, crossSite) => {
  expect(isCrossSite({ ...OURS, fetchSite })).toBe(crossSite);
  expect(isCrossSite({ ...OURS, fetchSite, origin: 'http://door.example:8480' })).toBe(crossSite);
  expect(isCrossSite({ ...OURS, fetchSite, origin: 'http://evil.example' })).toBe(crossSite);
});

test('a request that says nothing of a page is of a program', () => {
  expect(isCrossSite(OURS)).toBe(false);
});

test.each([
  ['http://door.example:8480', false],
  ['http://DOOR.example:8480', false],
  ['https://door.example:8480', false],
  ['http://door.example', true],
  ['http://door.example:8481', true],
  ['http://evil.example', true],
  ['http://door.example.evil.example:8480', true],
  ['null', true],
  ['', true],
  ['door.example:8480', true],
  ['file://', true],
])('without it, Origin %j must be a name of the server', (origin, crossSite) => {
  expect(isCrossSite({ ...OURS, origin })).toBe(crossSite);
  expect(isCrossSite({ ...OURS, fetchSite: 'odd, none', origin })).toBe(crossSite);
});

test.each([
  ['https://door.example', ['door.example'], false],
  ['https://door.example', ['door.example:443'], false],
  ['http://door.example', ['door.example:80'], false],
  ['https://door.example', ['door.example:80'], true],
  ['http://[2001:db8::1]:8480', ['[2001:DB8:0::1]:8480'], false],
  ['https://door.example', ['127.0.0.1:8480', 'door.example'], false],
  ['https://door.example', ['', 'not a host'], true],
])('Origin %s and the hosts %j', (origin, hosts, crossSite) => {
  expect(isCrossSite({ ...OURS, origin, hosts })).toBe(crossSite);
});

test('the public URL counts with its scheme and port, whatever its path', () => {
  const behind = { ...OURS, hosts: ['127.0.0.1:8480'], publicUrl: 'https://door.example/latchhook/' };

  expect(isCrossSite({ ...behind, origin: 'https://door.example' })).toBe(false);
  expect(isCrossSite({ ...behind, origin: 'http://door.example' })).toBe(true);
  expect(isCrossSite({ ...behind, origin: 'https://door.example:8443' })).toBe(true);
});
