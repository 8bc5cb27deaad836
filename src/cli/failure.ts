/** What went wrong at the start, in one line for the operator. */
export function failureLine(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, address, port, path } = error as NodeJS.ErrnoException & { address?: string; port?: number };
  const place = `${address ?? ''}:${port ?? ''}`;
  switch (code) {
    case 'EADDRINUSE':
      return `${place} is in use already; choose another with LATCHHOOK_PORT (--port)`;
    case 'EADDRNOTAVAIL':
      return `${place} is no address of this machine; see LATCHHOOK_HOST (--host)`;
    case 'ENOTFOUND':
      return 'the name in LATCHHOOK_HOST (--host) is not known';
    case 'EACCES':
    case 'EPERM':
      return path ? `${path}: permission denied` : `${place}: permission denied`;
    default:
      return error.message.split('\n', 1)[0] || error.name;
  }
}
