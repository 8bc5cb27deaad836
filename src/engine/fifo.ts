/** First in, first out, in constant time (an array's `shift` moves every element once it is long). */
export class Fifo<T> {
  #items: (T | undefined)[] = [];
  #head = 0;

  get length(): number {
    return this.#items.length - this.#head;
  }

  /** The one that `shift` would return. */
  peek(): T | undefined {
    return this.#items[this.#head];
  }

  push(item: T): void {
    this.#items.push(item);
  }

  shift(): T | undefined {
    if (this.#head === this.#items.length) return undefined;
    const item = this.#items[this.#head];
    this.#items[this.#head++] = undefined;
    if (this.#head > 64 && this.#head * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#head);
      this.#head = 0;
    }
    return item;
  }

  /** Takes out the first that `is` says it of; looks at all of them. */
  remove(is: (item: T) => boolean): T | undefined {
    const items = this.drain();
    const place = items.findIndex(is);
    const [removed] = place < 0 ? [] : items.splice(place, 1);
    this.#items = items;
    return removed;
  }

  /** Empties it and returns what it held, in order. */
  drain(): T[] {
    const items = this.#items.slice(this.#head) as T[];
    this.#items = [];
    this.#head = 0;
    return items;
  }
}
