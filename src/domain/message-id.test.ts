import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messageIdOf } from './message-id.js';

const ORIGIN = { storeId: '6f1c0a52d3b94e7788aa01f2c3d4e5f6', lastPlainUid: 0 };
const DELIVERY = { uid: 5, acceptedAt: 1745947873611 };

describe('the webhook-id of a delivery', () => {
  it('never changes: this one was given once', () => {
    expect(messageIdOf(ORIGIN, DELIVERY)).toBe('wh_997jtgfn_5');
  });

  it('has a mark of eight characters, whatever it is made of', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1 }), fc.maxSafeNat(), (storeId, uid, acceptedAt) => {
        const id = messageIdOf({ storeId, lastPlainUid: 0 }, { uid, acceptedAt });
        expect(id).toMatch(/^wh_[0-9a-z]{8}_[1-9]\d*$/);
        expect(id.endsWith(`_${uid}`)).toBe(true);
      }),
    );
  });

  it('is another in another store, and in a copy for what is accepted at another time', () => {
    const ids = [
      messageIdOf(ORIGIN, DELIVERY),
      messageIdOf({ ...ORIGIN, storeId: '00000000000000000000000000000000' }, DELIVERY),
      messageIdOf(ORIGIN, { ...DELIVERY, acceptedAt: DELIVERY.acceptedAt + 1 }),
    ];
    expect(new Set(ids).size).toBe(3);
  });

  it('stays plain for what was accepted before there were marks', () => {
    const upgraded = { ...ORIGIN, lastPlainUid: 5 };
    expect(messageIdOf(upgraded, DELIVERY)).toBe('wh_5');
    expect(messageIdOf(upgraded, { ...DELIVERY, uid: 6 })).toMatch(/^wh_[0-9a-z]{8}_6$/);
  });
});
