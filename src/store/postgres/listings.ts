import type { DeliveryState } from '../../domain/delivery.js';
import { type Asking, inTime } from '../asking.js';
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
import type { Reader } from './reader.js';
import { LineRows } from './rows.js';
import { countStatistics } from './statistics.js';
import { readSystem } from './system.js';

/** Each list is read within one snapshot, on a connection of its own for that time. */
export class PostgresListings implements ListingStore {
  readonly #reader: Reader;
  readonly #keyring: Keyring;
  readonly #levels: readonly number[];

  constructor(reader: Reader, keyring: Keyring, levels: readonly number[]) {
    this.#reader = reader;
    this.#keyring = keyring;
    this.#levels = levels;
  }

  event(eventId: number): Promise<EventRow | null> {
    return this.#read((rows) => readEvent(rows, eventId));
  }

  delivery(uid: number): Promise<DeliveryDetails | null> {
    return this.#read((rows) => readDelivery(rows, uid));
  }

  statistics(query: StatisticsQuery): Promise<StatisticsResult> {
    return countStatistics(this.#reader, query);
  }

  system(): Promise<SystemRow> {
    return readSystem(this.#reader);
  }

  webhooks(request: Parameters<ListingStore['webhooks']>[0]): ReturnType<ListingStore['webhooks']> {
    return this.#read((rows) => new WebhookList(rows, this.#keyring).list(request));
  }

  deliveries(request: Parameters<ListingStore['deliveries']>[0]): ReturnType<ListingStore['deliveries']> {
    return this.#read((rows) => new DeliveryList(rows).byUid(request));
  }

  retriesByDue(
    request: Parameters<ListingStore['retriesByDue']>[0],
  ): ReturnType<ListingStore['retriesByDue']> {
    return this.#read((rows) => new DeliveryList(rows).byDue(request));
  }

  events(request: Parameters<ListingStore['events']>[0]): ReturnType<ListingStore['events']> {
    return this.#read((rows) => new EventList(rows, new DeliveryList(rows)).list(request));
  }

  totals(): Promise<Record<DeliveryState, number>> {
    return this.#read((rows) => readTotals(rows));
  }

  #read<Result>(steps: (rows: LineRows) => Asking<Result>): Promise<Result> {
    return this.#reader.snapshot((line) => inTime(steps(new LineRows(line, this.#levels))));
  }
}
