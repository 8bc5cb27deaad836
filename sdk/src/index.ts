/** The one door of the package's root; servers have theirs beside it (`@latchhook/sdk/express`, …). */
export * from './verify.js';
