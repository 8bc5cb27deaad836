import { useEffect, useState } from 'react';

/** Gives the focus back to where it was before the dialog that uses this, once that is gone. */
export function useFocusBack(): void {
  // Read while rendering: later it is in the dialog already.
  const [opener] = useState(openerNow);
  useEffect(
    () => () => {
      setTimeout(() => giveBack(opener));
    },
    [opener],
  );
}

function openerNow(): HTMLElement | null {
  const focused = document.activeElement;
  // An item of a menu goes away with it; its button stays.
  const menu = focused?.closest('[role=menu]')?.getAttribute('aria-labelledby');
  const opener = menu ? document.getElementById(menu) : focused;
  return opener instanceof HTMLElement ? opener : null;
}

function giveBack(opener: HTMLElement | null): void {
  const lost = document.activeElement === null || document.activeElement === document.body;
  if (lost && opener?.isConnected) opener.focus();
}
