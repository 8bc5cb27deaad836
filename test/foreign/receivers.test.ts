import { expect, test } from 'vitest';
import { EVENT_TYPES } from '../../src/domain/event-types.js';
import { circuitsOpened, outcomes, tally } from '../support/foreign/outcomes.js';
import { RECEIVERS } from '../support/foreign/receivers.js';
import { latchhook } from '../support/foreign/server.js';

const [EVENT_TYPE = ''] = EVENT_TYPES;
const BURSTS = 6;
const BURST = 50;

test.each(Object.entries(RECEIVERS))(
  `%s gets ${BURSTS * BURST} events in bursts, each delivered at its first attempt`,
  async (_, startReceiver) => {
    const { client, url } = await latchhook({ env: { LATCHHOOK_RETRY_BASE_MS: '200' } });
    const uid = await client.createWebhook(await startReceiver(), [EVENT_TYPE]);

    const ends: Record<string, number>[] = [];
    for (let burst = 0; burst < BURSTS; burst++) {
      const events = Array.from({ length: BURST }, (_, n) => ({
        event_type: EVENT_TYPE,
        data: { burst, n },
      }));
      expect((await client.post(events)).status).toBe(202);
      ends.push(tally(await outcomes(client, uid, BURST)));
    }

    expect(ends).toEqual(ends.map(() => ({ 'delivered at attempt 1': BURST })));
    expect(await circuitsOpened(url)).toBe(0);
  },
);
