import { useCallback, useEffect, useRef, useState } from 'react';

type Ref = (element: HTMLElement | null) => (() => void) | undefined;

export interface Hold {
  /** Somebody points at the list, works in it by keyboard, or has scrolled into it. */
  held: boolean;
  /** For the element around the list. */
  around: Ref;
  /** For an element above the list: once it is scrolled out of sight, rows stay. */
  above: Ref;
}

/** By the events of the document: React's would also tell of dialogs that belong to a row. */
export function useHold(): Hold {
  const [pointed, setPointed] = useState(false);
  const [focused, setFocused] = useState(false);
  const [scrolled, setScrolled] = useState(false);
  const list = useRef<HTMLElement>(null);
  useEffect(() => {
    // A button that goes away with the focus tells nobody.
    if (focused && !list.current?.contains(document.activeElement)) setFocused(false);
  });
  const around = useCallback<Ref>((element) => {
    if (!element) return;
    list.current = element;
    const ending = new AbortController();
    const { signal } = ending;
    // A finger leaves nothing behind that could point.
    const enter = ({ pointerType }: PointerEvent) => pointerType === 'mouse' && setPointed(true);
    element.addEventListener('pointerenter', enter, { signal });
    element.addEventListener('pointerleave', () => setPointed(false), { signal });
    element.addEventListener('focusin', () => setFocused(true), { signal });
    element.addEventListener('focusout', () => setFocused(false), { signal });
    return () => {
      ending.abort();
      list.current = null;
      setPointed(false);
      setFocused(false);
    };
  }, []);
  const above = useCallback<Ref>((element) => {
    if (!element) return;
    const observer = new IntersectionObserver(([entry]) => {
      if (entry) setScrolled(!entry.isIntersecting && entry.boundingClientRect.top < 0);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { held: pointed || focused || scrolled, around, above };
}
