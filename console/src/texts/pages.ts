/** The texts of each page by their English; a page of another language that lacks one does not compile. */
export interface PageTexts {
  frame: typeof import('./en/frame.js').default;
  exchange: typeof import('./en/exchange.js').default;
  overview: typeof import('./en/overview.js').default;
  narrowing: typeof import('./en/narrowing.js').default;
  deliveries: typeof import('./en/deliveries.js').default;
  delivery: typeof import('./en/delivery.js').default;
  'retry-queue': typeof import('./en/retry-queue.js').default;
  events: typeof import('./en/events.js').default;
  log: typeof import('./en/log.js').default;
  resends: typeof import('./en/resends.js').default;
  webhooks: typeof import('./en/webhooks.js').default;
  settings: typeof import('./en/settings.js').default;
  users: typeof import('./en/users.js').default;
  keys: typeof import('./en/keys.js').default;
  audit: typeof import('./en/audit.js').default;
  'first-run': typeof import('./en/first-run.js').default;
}

export type PageName = keyof PageTexts;

/** A text for each form of a number that the language has; `{n}` is the number. */
export type Plural = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

/** The same keys with the texts of another language. */
export type Translated<T> = {
  readonly [K in keyof T]: T[K] extends string ? string : T[K] extends Plural ? Plural : Translated<T[K]>;
};
