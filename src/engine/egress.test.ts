import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ManualClock } from '../../test/support/clock.js';
import clouds from '../../test/vectors/cloud-metadata.json' with { type: 'json' };
import { createEgressGuard } from './egress.js';

const lan = createEgressGuard({ mode: 'lan', allow: [] });
const internet = createEgressGuard({ mode: 'public', allow: [] });

/** Address, its class, and whether it is refused in a LAN too. */
const FORBIDDEN: [address: string, addressClass: string, everywhere: boolean][] = [
  ['127.0.0.1', 'loopback', true],
  ['127.255.255.254', 'loopback', true],
  ['169.254.169.254', 'link-local', true],
  ['169.254.0.23', 'link-local', true],
  ['100.100.100.200', 'cloud metadata', true],
  ['168.63.129.16', 'cloud metadata', true],
  ['192.0.0.192', 'cloud metadata', true],
  ['0.0.0.0', 'unspecified', true],
  ['0.1.2.3', 'unspecified', true],
  ['224.0.0.1', 'multicast', true],
  ['239.255.255.250', 'multicast', true],
  ['255.255.255.255', 'broadcast', true],
  ['240.0.0.1', 'reserved', true],
  ['192.0.2.1', 'reserved', true],
  ['198.18.0.1', 'reserved', true],
  ['203.0.113.9', 'reserved', true],
  ['10.0.0.1', 'private', false],
  ['172.16.0.1', 'private', false],
  ['172.31.255.255', 'private', false],
  ['192.168.1.1', 'private', false],
  ['100.64.0.1', 'carrier-grade NAT', false],
  ['::1', 'loopback', true],
  ['::', 'unspecified', true],
  ['fe80::1', 'link-local', true],
  ['febf::1', 'link-local', true],
  ['ff02::1', 'multicast', true],
  ['fd00:ec2::254', 'cloud metadata', true],
  ['fd20:ce::254', 'cloud metadata', true],
  ['fec0::1', 'reserved', true],
  ['100::1', 'reserved', true],
  ['2001:db8::1', 'reserved', true],
  ['4000::1', 'reserved', true],
  ['fd12:3456::1', 'unique local', false],
];

const ALLOWED_IN_PUBLIC = ['8.8.8.8', '1.1.1.1', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '2a00::1'];

describe('an address', () => {
  test.each(FORBIDDEN)('%s is %s, refused in a LAN: %s', (address, addressClass, everywhere) => {
    const refused = { allowed: false, address, addressClass };
    expect(internet.judge(address)).toEqual(refused);
    expect(lan.judge(address)).toEqual(everywhere ? refused : { allowed: true });
  });

  test.each(ALLOWED_IN_PUBLIC)('%s is allowed everywhere', (address) => {
    expect(internet.judge(address)).toEqual({ allowed: true });
    expect(lan.judge(address)).toEqual({ allowed: true });
  });

  test.each(['', 'localhost', '1.2.3.4.5', '300.1.1.1', ':::', '::1.2.3.04', 'fe80', '10.0.0.1 '])(
    '%j is none, and refused',
    (text) => {
      expect(lan.judge(text)).toMatchObject({ allowed: false, addressClass: 'not an address' });
    },
  );
});

/** An IPv4 address in each of the IPv6 forms by which it may be reached. */
function inIPv6([a, b, c, d]: number[]): Record<string, string> {
  const hex = (...bytes: (number | undefined)[]) =>
    bytes.map((byte) => (byte ?? 0).toString(16).padStart(2, '0')).join('');
  const [high, low] = [hex(a, b), hex(c, d)];
  const flipped = [a, b, c, d].map((byte) => (byte ?? 0) ^ 0xff);
  return {
    mapped: `::ffff:${high}:${low}`,
    'mapped, dotted': `::ffff:${a}.${b}.${c}.${d}`,
    'mapped, written out': `0:0:0:0:0:FFFF:${high}:${low}`,
    compatible: `::${high}:${low}`,
    'compatible, dotted': `::${a}.${b}.${c}.${d}`,
    'stateless translation': `::ffff:0:${high}:${low}`,
    NAT64: `64:ff9b::${high}:${low}`,
    'local NAT64, 96 bits': `64:ff9b:1::${high}:${low}`,
    'local NAT64, 64 bits': `64:ff9b:1:0:${hex(0, a)}:${hex(b, c)}:${hex(d, 0)}:0`,
    'local NAT64, 48 bits': `64:ff9b:1:${high}:${hex(0, c)}:${hex(d, 0)}:0:0`,
    '6to4': `2002:${high}:${low}::1`,
    'Teredo client': `2001:0:808:808:0:0:${hex(flipped[0], flipped[1])}:${hex(flipped[2], flipped[3])}`,
    'Teredo server': `2001:0:${high}:${low}:0:0:f7f7:f7f7`,
    ISATAP: `2a00::5efe:${high}:${low}`,
  };
}

/** Each service of a cloud once, with the clouds that have it there. */
const CLOUD_ADDRESSES = [...new Set(clouds.addresses.map(({ address }) => address))].map(
  (address): [address: string, clouds: string] => [
    address,
    clouds.addresses
      .filter((entry) => entry.address === address)
      .map(({ cloud, service }) => `${cloud}, ${service}`)
      .join('; '),
  ],
);

describe('what a cloud serves to its machines', () => {
  test.each(CLOUD_ADDRESSES)('is refused at %s, in a LAN too (%s)', (address) => {
    const bytes = address.split('.').map(Number);
    const forms = address.includes(':') ? [] : Object.values(inIPv6(bytes));
    for (const spelling of [address, address.toUpperCase(), `[${address}]`, `${address}%eth0`, ...forms]) {
      for (const guard of [lan, internet]) {
        expect([spelling, guard.judge(spelling)]).toEqual([
          spelling,
          {
            allowed: false,
            address: expect.any(String),
            addressClass: expect.stringMatching(/^(cloud metadata|link-local)$/),
          },
        ]);
      }
    }
  });

  test.each([
    'fd00:ec2::1',
    'fd00:ec2:ffff::1',
    'fd20:ce::1',
    'fd00:c1::a9fe:a9fd',
    'fd00:42::43',
    'fd00:100::1',
  ])('is refused at %s, in the network of one', (address) => {
    expect(lan.judge(address)).toEqual({ allowed: false, address, addressClass: 'cloud metadata' });
  });

  test.each([
    'fd00:ec3::254',
    'fd20:cf::254',
    'fd00:c1:1::1',
    'fd00:42:42::42',
    '100.100.100.201',
    '168.63.129.17',
  ])('does not take %s from a building that has it', (address) => {
    expect(lan.judge(address)).toEqual({ allowed: true });
  });

  test('may be allowed by its address, and then only there', () => {
    const open = createEgressGuard({ mode: 'lan', allow: ['fd00:42::42'] });
    expect(open.judge('fd00:42::42')).toEqual({ allowed: true });
    expect(open.judge('fd00:42::43').allowed).toBe(false);
  });
});

const octet = fc.integer({ min: 0, max: 255 });
const forbiddenIPv4 = fc
  .oneof(
    fc.tuple(fc.constant(127), octet, octet, octet),
    fc.tuple(fc.constant(169), fc.constant(254), octet, octet),
    fc.tuple(fc.integer({ min: 224, max: 255 }), octet, octet, octet),
    fc.constant([100, 100, 100, 200]),
  )
  .map((bytes): number[] => [...bytes]);

test('no IPv6 form of a forbidden IPv4 address passes', () => {
  fc.assert(
    fc.property(forbiddenIPv4, (bytes) => {
      for (const [form, address] of Object.entries(inIPv6(bytes))) {
        expect([form, lan.judge(address).allowed]).toEqual([form, false]);
      }
    }),
  );
});

test('an address of the LAN passes there in the forms that reach it, and nowhere else', () => {
  const forms = inIPv6([192, 168, 1, 5]);
  for (const form of ['mapped', 'mapped, dotted', 'NAT64', 'local NAT64, 96 bits', '6to4']) {
    expect([form, lan.judge(forms[form] ?? '').allowed]).toEqual([form, true]);
  }
  for (const [form, address] of Object.entries(forms)) {
    expect([form, internet.judge(address).allowed]).toEqual([form, false]);
  }
});

/** Spellings of an IPv4 address as people and attackers write it into a URL. */
function spellings([a = 0, b = 0, c = 0, d = 0]: number[]): string[] {
  const number = ((a * 256 + b) * 256 + c) * 256 + d;
  const plain = `${a}.${b}.${c}.${d}`;
  const hex = (value: number) => `0x${value.toString(16)}`;
  const octal = (value: number) => `0${value.toString(8)}`;
  return [
    plain,
    `${plain}.`,
    String(number),
    hex(number),
    hex(number).toUpperCase().replace('X', 'x'),
    octal(number),
    [a, b, c, d].map(hex).join('.'),
    [a, b, c, d].map(octal).join('.'),
    `${a}.${b}.${c * 256 + d}`,
    `${a}.${(b * 256 + c) * 256 + d}`,
    `${hex(a)}.${octal(b)}.${c}.${d}`,
    `0000${octal(a)}.${b}.${c}.${d}`,
    [...plain].map((char) => `%${char.charCodeAt(0).toString(16)}`).join(''),
    plain.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))),
    plain.replaceAll('.', '。'),
    plain.replaceAll('.', '．'),
    plain.replace(/\d/g, (digit) => (digit === '0' ? '⓪' : String.fromCodePoint(0x245f + Number(digit)))),
    ...Object.values(inIPv6([a, b, c, d])).map((address) => `[${address}]`),
  ];
}

test('no spelling of a forbidden address passes as a URL', async () => {
  await fc.assert(
    fc.asyncProperty(forbiddenIPv4, fc.boolean(), async (bytes, secure) => {
      for (const host of spellings(bytes)) {
        const url = new URL(`${secure ? 'https' : 'http'}://${host}:8080/hook`);
        expect([host, (await lan.checkUrl(url)).allowed]).toEqual([host, false]);
      }
    }),
  );
});

test('a zone does not hide an address', () => {
  expect(lan.judge('fe80::1%eth0')).toMatchObject({ allowed: false, addressClass: 'link-local' });
  expect(lan.judge('::1%lo')).toMatchObject({ allowed: false, addressClass: 'loopback' });
  expect(() => new URL('http://[fe80::1%25eth0]/')).toThrow();
});

describe('what is allowed besides', () => {
  const guard = createEgressGuard({ mode: 'public', allow: ['127.0.0.0/8', '::1/128', '10.1.2.3'] });

  test.each(['127.0.0.1', '127.9.9.9', '::1', '10.1.2.3', '::ffff:127.0.0.1', '64:ff9b::7f00:1'])(
    '%s is allowed',
    (address) => {
      expect(guard.judge(address)).toEqual({ allowed: true });
    },
  );

  test.each(['10.1.2.4', '169.254.169.254', 'fe80::1', '::127.0.0.1'])('%s is still refused', (address) => {
    expect(guard.judge(address).allowed).toBe(false);
  });

  test('comes before metadata, too', () => {
    const open = createEgressGuard({ mode: 'lan', allow: ['169.254.169.254/32'] });
    expect(open.judge('169.254.169.254')).toEqual({ allowed: true });
    expect(open.judge('169.254.169.253').allowed).toBe(false);
  });

  test.each(['nonsense', '10.0.0.0/33', '10.0.0.0/', '::/129'])('%s is no range', (range) => {
    expect(() => createEgressGuard({ mode: 'lan', allow: [range] })).toThrow(RangeError);
  });
});

describe('a name', () => {
  const resolvingTo = (...addresses: string[]) =>
    createEgressGuard({ mode: 'lan', allow: [], resolve: async () => addresses });
  const url = new URL('http://panel.local:8080/hook');

  test('is allowed when one of its addresses is, and only that one is connected to', async () => {
    const guard = resolvingTo('fe80::1', '192.168.1.5', '127.0.0.1', 'fd12::5');
    expect(await guard.checkUrl(url)).toEqual({ allowed: true });
    expect(await guard.resolve('panel.local')).toEqual(['192.168.1.5', 'fd12::5']);
  });

  test('is refused when none is, by the first and its class', async () => {
    const guard = resolvingTo('fe80::1', '127.0.0.1');
    expect(await guard.checkUrl(url)).toEqual({
      allowed: false,
      address: 'fe80::1',
      addressClass: 'link-local',
    });
    await expect(guard.resolve('panel.local')).rejects.toThrow('address not allowed (fe80::1, link-local)');
  });

  test('that does not resolve passes, to be judged at each attempt', async () => {
    const failing = async () => {
      throw Object.assign(new Error('no'), { code: 'ENOTFOUND' });
    };
    expect(await createEgressGuard({ mode: 'lan', allow: [], resolve: failing }).checkUrl(url)).toEqual({
      allowed: true,
    });
    expect(await resolvingTo().checkUrl(url)).toEqual({ allowed: true });
  });

  test('that does not resolve within two seconds passes', async () => {
    const guard = createEgressGuard({ mode: 'lan', allow: [], resolve: () => new Promise(() => {}) });
    expect(await guard.checkUrl(url)).toEqual({ allowed: true });
  });

  test.each(['http://localhost/', 'http://LOCALHOST:80/'])(
    '%s is what the system says it is',
    async (text) => {
      expect(await lan.checkUrl(new URL(text))).toMatchObject({ allowed: false, addressClass: 'loopback' });
    },
  );

  test('is looked up once for all who ask at a time, and again for who asks after 30 s', async () => {
    let asked = 0;
    const answers: ((addresses: string[]) => void)[] = [];
    const clock = new ManualClock();
    const guard = createEgressGuard({
      mode: 'lan',
      clock,
      allow: [],
      resolve: () => {
        asked++;
        return new Promise((resolve) => answers.push(resolve));
      },
    });
    const all = [guard.resolve('a.test'), guard.resolve('a.test'), guard.checkUrl(new URL('http://a.test/'))];
    await new Promise(setImmediate);
    expect(asked).toBe(1);
    answers[0]?.(['10.0.0.1']);
    expect(await Promise.all(all)).toEqual([['10.0.0.1'], ['10.0.0.1'], { allowed: true }]);
    clock.advance(30_000);
    const later = guard.resolve('a.test');
    await new Promise(setImmediate);
    answers[1]?.(['10.0.0.2']);
    expect(await later).toEqual(['10.0.0.2']);
  });
});
