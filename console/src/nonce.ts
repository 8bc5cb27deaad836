declare global {
  /** Where the scroll lock of dialogs looks for the nonce of the style that it adds. */
  var __webpack_nonce__: string | undefined;
}

/** What style elements that are added at run time need by the page's Content-Security-Policy. */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
}

export function adoptNonce(): void {
  globalThis.__webpack_nonce__ = styleNonce();
}
