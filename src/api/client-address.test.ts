import type { IncomingMessage } from 'node:http';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ManualClock } from '../../test/support/clock.js';
import { createLog } from '../log.js';
import { ClientAddresses } from './client-address.js';

const log = createLog('silent');

/** @param forwarded none: undefined */
function from(trusted: string[], peer: string | undefined, forwarded?: string): string {
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  const request = { socket: { remoteAddress: peer }, headers } as unknown as IncomingMessage;
  return new ClientAddresses({ trusted, clock: new ManualClock(), log }).of(request);
}

const PROXY = '10.0.0.1';
const behindProxy = (forwarded: string) => from([PROXY], PROXY, forwarded);

describe('the address of a client', () => {
  test.each([
    ['198.51.100.4', '198.51.100.4'],
    ['198.51.100.4:50000', '198.51.100.4'],
    ['2001:DB8:0::1', '2001:db8::1'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['[2001:db8::1]:443', '2001:db8::1'],
    ['fe80::1%eth0', 'fe80::1'],
    ['[fe80::1%eth0]:443', 'fe80::1'],
    ['::ffff:198.51.100.4', '198.51.100.4'],
    ['[::ffff:c633:6404]:1', '198.51.100.4'],
    ['  198.51.100.4\t', '198.51.100.4'],
    ['203.0.113.7, 198.51.100.4', '198.51.100.4'],
    ['203.0.113.7:1,198.51.100.4:2', '198.51.100.4'],
    ['unknown, 198.51.100.4', '198.51.100.4'],
    [', 198.51.100.4', '198.51.100.4'],
    [`203.0.113.7, ${PROXY}`, '203.0.113.7'],
    [`203.0.113.7, ${PROXY}:40000, [::ffff:${PROXY}]`, '203.0.113.7'],
  ])('behind a trusted proxy that sends %j is %s', (forwarded, expected) => {
    expect(behindProxy(forwarded)).toBe(expected);
  });

  test.each([
    '',
    ',',
    'unknown',
    '_hidden',
    '"198.51.100.4"',
    '<script>alert(1)</script>',
    'unix:',
    '198.51.100.4:70000',
    '198.51.100.4:',
    '198.51.100.4:_port',
    '[198.51.100.4]:80',
    '[2001:db8::1',
    '2001:db8::1]:443',
    '198.51.100.004',
    '0xc6336404',
    '3325256708',
    '198.51.100',
    '198.51.100.4 198.51.100.5',
    '198.51.100.4/32',
    'localhost',
    '203.0.113.7, unknown',
    '203.0.113.7,',
    `198.51.100.4${'0'.repeat(15_000)}`,
  ])('is the proxy when that sends %j', (forwarded) => {
    expect(behindProxy(forwarded)).toBe(PROXY);
  });

  test('is the last one named when all are trusted, and the inner proxy when the outer writes nonsense', () => {
    expect(from(['10.0.0.0/8'], PROXY, '10.9.9.9, 10.0.0.2')).toBe('10.9.9.9');
    expect(from(['10.0.0.0/8'], PROXY, '203.0.113.7, nonsense, 10.0.0.2')).toBe('10.0.0.2');
  });

  test('is the peer when no proxy is trusted, or another', () => {
    expect(from([], '203.0.113.7', '198.51.100.4')).toBe('203.0.113.7');
    expect(from(['10.0.0.2'], PROXY, '198.51.100.4')).toBe(PROXY);
    expect(from([PROXY], PROXY)).toBe(PROXY);
    expect(from([PROXY], '::ffff:203.0.113.7')).toBe('203.0.113.7');
  });

  test.each(['10.0.0.1', '10.0.0.0/24', '::ffff:10.0.0.1', '::ffff:10.0.0.0/120'])(
    'is asked of a proxy at an IPv4 address that a socket for both shows as IPv6, trusted as %s',
    (trusted) => {
      expect(from([trusted], '::ffff:10.0.0.1', '198.51.100.4')).toBe('198.51.100.4');
      expect(from([trusted], '::10.0.0.1', '198.51.100.4')).toBe('::a00:1');
    },
  );

  test('is empty when the client has gone', () => {
    expect(from([PROXY], undefined, '198.51.100.4')).toBe('');
  });

  test('is an address, whatever the header says', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.ipV4(),
      fc.ipV6(),
      fc.ipV6().map((address) => `[${address}]:80`),
      fc.constantFrom(PROXY, 'unknown', ':', '[', '[]', '%', ''),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        expect(behindProxy(pieces.join(','))).toMatch(/^([\d.]+|[\da-f:]+)$/);
      }),
    );
  });

  test('cannot be made up by everybody', () => {
    for (const trusted of ['0.0.0.0/0', '::/0']) {
      expect(() => from([trusted], PROXY)).toThrow(/^LATCHHOOK_TRUST_PROXY: .* is everybody/);
    }
  });
});

describe('a proxy that nobody named', () => {
  const HOUR = 3_600_000;

  function warnings(trusted: string[], peer: string) {
    const lines: string[] = [];
    const clock = new ManualClock();
    const addresses = new ClientAddresses({
      trusted,
      clock,
      log: createLog('warn', { write: (line: string) => void lines.push(line) }),
    });
    const headers = { 'x-forwarded-for': '198.51.100.4' };
    const ask = () =>
      addresses.of({ socket: { remoteAddress: peer }, headers } as unknown as IncomingMessage);
    return { ask, clock, lines };
  }

  test.each(['127.0.0.1', '::1', '192.168.1.5', '::ffff:10.0.0.1', 'fd12::1', '100.64.0.1'])(
    'at %s is warned of once an hour, with the name of the setting',
    (peer) => {
      const { ask, clock, lines } = warnings([], peer);
      ask();
      clock.advance(HOUR - 1);
      ask();
      expect(lines).toHaveLength(1);
      expect(lines[0]).toContain('LATCHHOOK_TRUST_PROXY');
      clock.advance(HOUR + HOUR / 2);
      ask();
      clock.advance(HOUR - 1);
      ask();
      expect(lines).toHaveLength(2);
    },
  );

  test('is not warned of when it is a stranger, or when a proxy is named', () => {
    for (const { ask, lines } of [warnings([], '203.0.113.7'), warnings(['10.0.0.2'], '10.0.0.1')]) {
      ask();
      expect(lines).toEqual([]);
    }
  });
});
