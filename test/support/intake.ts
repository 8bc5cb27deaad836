/** Whether events are taken in. */
import type { ManualClock } from './clock.js';
import { EVENT_TYPE } from './deliveries.js';
import type { TestServer } from './server.js';
import { until } from './until.js';

export const offer = (server: TestServer) =>
  server.admin('POST', '/api/v1/events', { event_type: EVENT_TYPE });

/** Lets the server look again, second by second, until events are taken in as wanted. */
export const untilOffered = (server: TestServer, clock: ManualClock, wanted: number) =>
  until(
    async () => {
      clock.advance(1_000);
      return offer(server);
    },
    ({ status }) => status === wanted,
    500,
  );

export const readiness = async (server: TestServer) => {
  const { status, json } = await server.call('GET', '/health/ready');
  return { status, ...(json as object) };
};
