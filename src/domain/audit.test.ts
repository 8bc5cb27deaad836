import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WEBHOOK } from '../../test/support/webhooks.js';
import { userAudited, webhookAudited } from './audit.js';

/** Texts that stand nowhere else in an entry. */
const secret = fc.stringMatching(/^[A-Z]{16,40}$/).map((text) => `~${text}~`);
const webhook = fc.record({
  secret: fc.option(secret),
  headers: fc.option(secret.map((value) => JSON.stringify({ 'X-Token': value, 'X-Other': value }))),
  description: fc.option(fc.constantFrom('lobby', 'garage')),
  status: fc.constantFrom('active' as const, 'disabled' as const),
});

describe('an entry of the audit trail', () => {
  it('holds no secret of a webhook, and names every member that changed', () => {
    fc.assert(
      fc.property(webhook, webhook, (one, other) => {
        const before = { ...WEBHOOK, ...one };
        const after = { ...WEBHOOK, ...other, versionId: 2, updatedAt: 2 };
        const names = Object.keys(one) as (keyof typeof one)[];

        const entry = webhookAudited({ before, after });

        expect(JSON.stringify(entry)).not.toContain('~');
        expect(entry.changed.sort()).toEqual(names.filter((name) => one[name] !== other[name]).sort());
      }),
    );
  });

  it('says that a webhook has a secret and which headers, and nothing where it has none', () => {
    const bare = webhookAudited({ before: null, after: WEBHOOK }).after;
    const full = webhookAudited({ before: null, after: { ...WEBHOOK, secret: 'x', headers: '{"A":"b"}' } });

    expect(bare).toMatchObject({ secret: null, headers: null, timeout: 10_000 });
    expect(full.after).toMatchObject({ secret: '***', headers: '{"A":"***"}' });
  });

  it('holds no password, nor its hash', () => {
    const user = { uid: 1, username: 'anna', accountType: 'admin' as const, passwordHash: '~old~' };

    const entry = userAudited({ before: user, after: { ...user, passwordHash: '~new~' } });

    expect(JSON.stringify(entry)).not.toContain('~');
    expect(entry.changed).toEqual(['password']);
  });
});
