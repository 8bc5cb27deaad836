import type { DeliveryState } from '../../domain/delivery.js';
import { type Asking, atOnce } from '../asking.js';
import type { Keyring } from '../keyring.js';
import { DeliveryList } from '../listing/deliveries.js';
import { readDelivery, readEvent, readTotals } from '../listing/details.js';
import { EventList } from '../listing/events.js';
import { WebhookList } from '../listing/webhooks.js';
import type {
  DeliveryDetails,
  EventRow,
  ListingStore,
  StatisticsQuery,
  StatisticsResult,
  SystemRow,
} from '../store.js';
import { Statements } from './listing-statements.js';
import type { Reader } from './reader.js';
import type { SqliteStatistics } from './statistics.js';
import { readSystem } from './system.js';

export class SqliteListings implements ListingStore {
  readonly #reader: Reader;
  readonly #statistics: SqliteStatistics;
  readonly #rows: Statements;
  readonly #webhooks: WebhookList;
  readonly #deliveries: DeliveryList;
  readonly #events: EventList;

  constructor(reader: Reader, keyring: Keyring, listLevels: readonly number[], statistics: SqliteStatistics) {
    this.#reader = reader;
    this.#statistics = statistics;
    this.#rows = new Statements(reader.database, listLevels);
    this.#webhooks = new WebhookList(this.#rows, keyring);
    this.#deliveries = new DeliveryList(this.#rows);
    this.#events = new EventList(this.#rows, this.#deliveries);
  }

  async event(eventId: number): Promise<EventRow | null> {
    return this.#read(() => readEvent(this.#rows, eventId));
  }

  async delivery(uid: number): Promise<DeliveryDetails | null> {
    return this.#read(() => readDelivery(this.#rows, uid));
  }

  async statistics(query: StatisticsQuery): Promise<StatisticsResult> {
    return this.#statistics.count(query);
  }

  system(): Promise<SystemRow> {
    return readSystem(this.#reader);
  }

  async webhooks(request: Parameters<ListingStore['webhooks']>[0]): ReturnType<ListingStore['webhooks']> {
    return this.#read(() => this.#webhooks.list(request));
  }

  async deliveries(
    request: Parameters<ListingStore['deliveries']>[0],
  ): ReturnType<ListingStore['deliveries']> {
    return this.#read(() => this.#deliveries.byUid(request));
  }

  async retriesByDue(
    request: Parameters<ListingStore['retriesByDue']>[0],
  ): ReturnType<ListingStore['retriesByDue']> {
    return this.#read(() => this.#deliveries.byDue(request));
  }

  async events(request: Parameters<ListingStore['events']>[0]): ReturnType<ListingStore['events']> {
    return this.#read(() => this.#events.list(request));
  }

  async totals(): Promise<Record<DeliveryState, number>> {
    return this.#read(() => readTotals(this.#rows));
  }

  #read<Result>(steps: () => Asking<Result>): Result {
    return this.#reader.snapshot(() => atOnce(steps()));
  }
}
