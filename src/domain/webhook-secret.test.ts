import { describe, expect, it } from 'vitest';
import { judged, VALID } from '../../test/support/webhooks.js';
import { readWebhook } from './webhook-rules.js';

const STORED = readWebhook({ ...VALID, secret: '0123456789abcdef' }, null);

describe('a webhook', () => {
  it('has a secret that signs with the key its author expects', () => {
    const encoded = (length: number) => `whsec_${Buffer.alloc(length, 0xfb).toString('base64')}`;
    for (const secret of [encoded(16), encoded(17), encoded(90), 'WHSEC_is no prefix', 'with white space']) {
      expect(judged({ ...VALID, secret })).toMatchObject({ secret });
    }
    const undecodable = [
      'whsec_0123456789abcdef',
      'whsec_not base64 at all!',
      encoded(15),
      encoded(17).slice(0, -1),
      'whsec_AAAAAAAAAAAAAAAAAAAAAB==',
      encoded(18).replaceAll('+', '-').replaceAll('/', '_'),
    ];
    for (const secret of undecodable) {
      expect(judged({ ...VALID, secret })).toBe(
        'Secret starts with whsec_ but is not base64 of 16 to 96 bytes',
      );
    }
    const ends = [' ', '\n', '\r\n', '\t', '\u00a0', '\u2003', '\ufeff'];
    for (const secret of ends.flatMap((end) => [`${encoded(24)}${end}`, `${end}a plain secret of mine`])) {
      expect(judged({ ...VALID, secret })).toBe('Secret must not begin or end with white space');
    }
  });

  it('keeps a secret that was stored before these rules, also when it is sent back', () => {
    for (const secret of ['whsec_0123456789abcdef', 'sixteen letters!\n']) {
      const stored = { ...STORED, secret };
      expect(judged(VALID, stored)).toMatchObject({ secret });
      expect(judged({ ...VALID, secret }, stored)).toMatchObject({ secret });
      expect(judged({ ...VALID, secret }, STORED)).toMatch(/^Secret /);
      expect(judged({ ...VALID, secret: `${secret} ` }, stored)).toMatch(/^Secret /);
    }
  });
});
