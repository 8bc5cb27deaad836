/** Why no more events are taken in; null: they are. */
export type Pressure = 'disk' | 'backlog' | null;

export interface PressureLimits {
  /** Bytes that stay free on the disk of an embedded store. */
  minFreeBytes: number;
  /** Open deliveries. */
  maxOpen: number;
}

/** It ends only with this share more room than it began at, so that it does not flap at the limit. */
const MARGIN = 0.1;

/** @param freeBytes null: the data lie elsewhere */
export function pressureAfter(
  before: Pressure,
  { freeBytes, open }: { freeBytes: number | null; open: number },
  { minFreeBytes, maxOpen }: PressureLimits,
): Pressure {
  const wanted = before === 'disk' ? minFreeBytes * (1 + MARGIN) : minFreeBytes;
  if (freeBytes !== null && freeBytes < wanted) return 'disk';
  const allowed = before === 'backlog' ? maxOpen * (1 - MARGIN) : maxOpen;
  return open >= allowed ? 'backlog' : null;
}
