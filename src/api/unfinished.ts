/** What brings a body's bytes. */
export interface Source {
  pause(): unknown;
  resume(): unknown;
}

/**
 * Bytes of each body that are not counted, and never wait: so small requests, and a log-in without any rights, pass
 * beside whatever large ones there are. The limit of connections bounds them.
 */
const FREE = 4 * 1024;
/** Bytes that one read may bring. */
const READ = 64 * 1024;
/** One credential has at most one part in so many. */
const PARTS = 4;

interface Owner {
  kept: number;
  /** The oldest first. */
  readonly bodies: Set<UnfinishedBody>;
  readonly waiting: Set<UnfinishedBody>;
  /** Read again, and nothing came yet: a read is set aside for each. */
  readonly resumed: Set<UnfinishedBody>;
}

/**
 * The memory of all bodies that have begun and not ended. Past its bounds, one for all and one for each credential,
 * a body is not read further until others have ended. The oldest of each credential always is, so that
 * every body ends or meets the limit of time for requests.
 */
export class Unfinished {
  readonly #most: number;
  readonly #owners = new Map<string, Owner>();
  #kept = 0;
  #resumed = 0;

  /** @param most bytes */
  constructor(most: number) {
    this.#most = most;
  }

  /** @param credential whose it is */
  begin(request: Source, credential: string): UnfinishedBody {
    return new UnfinishedBody(this, request, credential);
  }

  /** For the bodies. */
  keep(body: UnfinishedBody, bytes: number): void {
    const owner = this.#owners.get(body.credential) ?? this.#newOwner(body.credential);
    owner.bodies.add(body);
    this.#came(owner, body);
    owner.kept += bytes;
    this.#kept += bytes;
    if (oldest(owner) === body || this.#room(owner) > 0) return;
    owner.waiting.add(body);
    body.request.pause();
  }

  /** For the bodies. */
  release(body: UnfinishedBody, bytes: number): void {
    const owner = this.#owners.get(body.credential);
    if (!owner?.bodies.delete(body)) return;
    owner.waiting.delete(body);
    this.#came(owner, body);
    owner.kept -= bytes;
    this.#kept -= bytes;
    if (owner.bodies.size === 0) this.#owners.delete(body.credential);
    for (const other of this.#owners.values()) this.#wake(other);
  }

  #wake(owner: Owner): void {
    const first = oldest(owner);
    if (first && owner.waiting.has(first)) this.#resume(owner, first);
    for (const body of owner.waiting) {
      if (this.#room(owner) < READ) return;
      this.#resume(owner, body);
    }
  }

  #resume(owner: Owner, body: UnfinishedBody): void {
    owner.waiting.delete(body);
    owner.resumed.add(body);
    this.#resumed++;
    body.request.resume();
  }

  #came(owner: Owner, body: UnfinishedBody): void {
    if (owner.resumed.delete(body)) this.#resumed--;
  }

  #room(owner: Owner): number {
    const all = this.#most - this.#kept - this.#resumed * READ;
    return Math.min(all, this.#most / PARTS - owner.kept - owner.resumed.size * READ);
  }

  #newOwner(credential: string): Owner {
    const owner: Owner = { kept: 0, bodies: new Set(), waiting: new Set(), resumed: new Set() };
    this.#owners.set(credential, owner);
    return owner;
  }
}

export class UnfinishedBody {
  readonly request: Source;
  readonly credential: string;
  readonly #all: Unfinished;
  #counted = 0;

  constructor(all: Unfinished, request: Source, credential: string) {
    this.#all = all;
    this.request = request;
    this.credential = credential;
  }

  /** @param bytes of memory that it takes by now */
  keeps(bytes: number): void {
    const further = bytes - FREE - this.#counted;
    if (further <= 0) return;
    this.#counted += further;
    this.#all.keep(this, further);
  }

  /** Twice is fine. */
  end(): void {
    const counted = this.#counted;
    this.#counted = 0;
    if (counted > 0) this.#all.release(this, counted);
  }
}

function oldest({ bodies }: Owner): UnfinishedBody | undefined {
  const [first] = bodies;
  return first;
}
