/** What this node's transactions did that others want to know; taken and sent by another connection. */
export class NewsToTell {
  #webhooks = false;
  readonly #lanes = new Set<number>();
  #told: (() => void) | null = null;

  /** Called when there is something after there was nothing. */
  onFirst(told: () => void): void {
    this.#told = told;
  }

  webhooksChanged(): void {
    this.#first();
    this.#webhooks = true;
  }

  /** Something waits in a lane that this node may not attempt. */
  leftIn(webhookUid: number): void {
    this.#first();
    this.#lanes.add(webhookUid);
  }

  take(): { webhooks: boolean; lanes: number[] } {
    const taken = { webhooks: this.#webhooks, lanes: [...this.#lanes] };
    this.#webhooks = false;
    this.#lanes.clear();
    return taken;
  }

  #first(): void {
    if (!this.#webhooks && this.#lanes.size === 0) this.#told?.();
  }
}
