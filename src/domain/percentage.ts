/**
 * How much of `all` is `part`, in percent with one decimal; 100 of nothing. All and nothing are said of nothing else:
 * one lost of 10,000 is 99.9, and one delivered is 0.1.
 */
export function percentage(part: number, all: number): number {
  if (part === all) return 100;
  if (part === 0) return 0;
  return Math.min(99.9, Math.max(0.1, Math.round((1000 * part) / all) / 10));
}
