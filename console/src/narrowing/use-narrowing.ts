import { useMemo } from 'react';
import { useSearchParams } from 'wouter';
import { type Narrowing, readNarrowing, writeNarrowing } from './narrowing.js';

/** The narrowing in the address, which Back and a link therefore keep. */
export function useNarrowing(): {
  narrowing: Narrowing;
  change: (change: Partial<Narrowing>) => void;
  clear: () => void;
} {
  const [params, setParams] = useSearchParams();
  const narrowing = useMemo(() => readNarrowing(params), [params]);
  return {
    narrowing,
    change: (change) => setParams(writeNarrowing({ ...narrowing, ...change })),
    clear: () => setParams(new URLSearchParams()),
  };
}
