import type { Clock } from '../clock.js';
import type { Actor } from '../domain/actor.js';
import type { CancelResult, DeliveryStore, ResendResult, Session } from '../store/store.js';
import type { EngineSignals } from './signals.js';

export interface DeliveryOrdersParts {
  store: DeliveryStore;
  clock: Clock;
  signals: EngineSignals;
  /** The session as it is now. @throws Refusal `stopping` */
  session: () => Session;
  /** Rows of this lane are due. */
  wake: (webhookUid: number) => void;
  /** A delivery has ended in the store. */
  drop: (webhookUid: number, deliveryUid: number) => void;
}

/** What people want of one delivery; as `Engine` says. */
export class DeliveryOrders {
  readonly #parts: DeliveryOrdersParts;

  constructor(parts: DeliveryOrdersParts) {
    this.#parts = parts;
  }

  async resend({ deliveryUid, by }: { deliveryUid: number; by: Actor }): Promise<ResendResult> {
    const { store, session, wake } = this.#parts;
    const result = await store.resend({ session: session(), uid: deliveryUid, by });
    if (result.kind === 'resent') wake(result.webhookUid);
    return result;
  }

  async cancel({ deliveryUid, by }: { deliveryUid: number; by: Actor }): Promise<CancelResult> {
    const { store, clock, signals, session, drop } = this.#parts;
    const result = await store.cancel({ session: session(), uid: deliveryUid, by });
    if (result.kind !== 'cancelled') return result;
    const { kind: _, ...delivery } = result;
    drop(delivery.webhookUid, deliveryUid);
    signals.emit('ended', () => ({
      ...delivery,
      deliveryUid,
      state: 'cancelled',
      reason: 'cancelled-by-user',
      test: false,
      at: clock.now(),
    }));
    return result;
  }
}
