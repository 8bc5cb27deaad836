import { type FocusEvent, type PointerEvent, useCallback, useEffect, useRef, useState } from 'react';

export interface Hold {
  /** Somebody points at the list, works in it by keyboard, or has scrolled into it. */
  held: boolean;
  /** For the element around the list. */
  around: {
    onPointerEnter: (event: PointerEvent) => void;
    onPointerLeave: (event: PointerEvent) => void;
    onFocus: (event: FocusEvent) => void;
    onBlur: (event: FocusEvent) => void;
  };
  /** For an element above the list: once it is scrolled out of sight, rows stay. */
  above: (element: HTMLElement | null) => (() => void) | undefined;
}

export function useHold(): Hold {
  const [pointed, setPointed] = useState(false);
  const [focused, setFocused] = useState(false);
  const [scrolled, setScrolled] = useState(false);
  const list = useRef<Element>(null);
  useEffect(() => {
    // A button that goes away with the focus tells nobody.
    if (focused && !list.current?.contains(document.activeElement)) setFocused(false);
  });
  const above = useCallback((element: HTMLElement | null) => {
    if (!element) return;
    const observer = new IntersectionObserver(([entry]) => {
      if (entry) setScrolled(!entry.isIntersecting && entry.boundingClientRect.top < 0);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return {
    held: pointed || focused || scrolled,
    around: {
      // A finger leaves nothing behind that could point.
      onPointerEnter: ({ pointerType }) => pointerType === 'mouse' && setPointed(true),
      onPointerLeave: () => setPointed(false),
      onFocus: ({ currentTarget }) => {
        list.current = currentTarget;
        setFocused(true);
      },
      onBlur: ({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget)) setFocused(false);
      },
    },
    above,
  };
}
