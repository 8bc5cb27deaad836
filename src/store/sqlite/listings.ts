import type { Clock } from '../../clock.js';
import type { DeliveryState } from '../../domain/delivery.js';
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
import type { Connection } from './connection.js';
import { ListReads } from './list-reads.js';
import { Statements } from './listing-statements.js';
import type { Reader } from './reader.js';
import { SqliteStatistics } from './statistics.js';
import { readSystem } from './system.js';

/** The lists of one connection. */
class Lists {
  readonly rows: Statements;
  readonly webhooks: WebhookList;
  readonly deliveries: DeliveryList;
  readonly events: EventList;

  constructor(database: Connection, keyring: Keyring, levels: readonly number[]) {
    this.rows = new Statements(database, levels);
    this.webhooks = new WebhookList(this.rows, keyring);
    this.deliveries = new DeliveryList(this.rows);
    this.events = new EventList(this.rows, this.deliveries);
  }
}

interface SqliteListingsOptions {
  reader: Reader;
  slowReader: Reader;
  clock: Clock;
  keyring: Keyring;
  listLevels: readonly number[];
}

export class SqliteListings implements ListingStore {
  readonly #reader: Reader;
  readonly #statistics: SqliteStatistics;
  readonly #reads: ListReads<Lists>;

  constructor({ reader, slowReader, clock, keyring, listLevels }: SqliteListingsOptions) {
    this.#reader = reader;
    this.#statistics = new SqliteStatistics(reader, clock);
    const make = ({ database }: Reader) => new Lists(database, keyring, listLevels);
    this.#reads = new ListReads({ reader, slowReader, clock, make });
  }

  event(eventId: number): Promise<EventRow | null> {
    return this.#reads.read(({ rows }) => readEvent(rows, eventId));
  }

  delivery(uid: number): Promise<DeliveryDetails | null> {
    return this.#reads.read(({ rows }) => readDelivery(rows, uid));
  }

  async statistics(query: StatisticsQuery): Promise<StatisticsResult> {
    return this.#statistics.count(query);
  }

  system(): Promise<SystemRow> {
    return readSystem(this.#reader);
  }

  webhooks(request: Parameters<ListingStore['webhooks']>[0]): ReturnType<ListingStore['webhooks']> {
    return this.#reads.read(({ webhooks }) => webhooks.list(request));
  }

  deliveries(request: Parameters<ListingStore['deliveries']>[0]): ReturnType<ListingStore['deliveries']> {
    return this.#reads.read(({ deliveries }) => deliveries.byUid(request));
  }

  retriesByDue(
    request: Parameters<ListingStore['retriesByDue']>[0],
  ): ReturnType<ListingStore['retriesByDue']> {
    return this.#reads.read(({ deliveries }) => deliveries.byDue(request));
  }

  events(request: Parameters<ListingStore['events']>[0]): ReturnType<ListingStore['events']> {
    return this.#reads.read(({ events }) => events.list(request));
  }

  totals(): Promise<Record<DeliveryState, number>> {
    return this.#reads.read(({ rows }) => readTotals(rows));
  }

  close(): void {
    this.#reads.close();
  }
}
