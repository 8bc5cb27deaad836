import { type Static, Type } from 'typebox';

const Count = Type.Integer({ minimum: 0 });

/** `GET /api/v1/webhooks/events/retry/dashboard`; `failed` has those expired. */
export const Dashboard = Type.Object({
  /** Percent, with one decimal; 100 when there are none. */
  success_rate: Type.Number({ minimum: 0, maximum: 100 }),
  delivered: Count,
  failed: Count,
  retrying: Count,
});
export type Dashboard = Static<typeof Dashboard>;
