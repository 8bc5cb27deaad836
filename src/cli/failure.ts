const WRITABLE = `the user that runs this (${process.geteuid?.() ?? 'unknown'}) must be able to write in the folder of LATCHHOOK_DATA_DIR (--data-dir)`;

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
      return path
        ? `${path}: permission denied; ${WRITABLE}`
        : `${place}: permission denied; ports below 1024 are for root: choose another with LATCHHOOK_PORT (--port)`;
    case 'EROFS':
      return `${path ?? 'the data folder'} is on a file system that can only be read; ${WRITABLE}`;
    case 'ENOTDIR':
    case 'EEXIST':
      return `${path ?? 'the data folder'} is no folder, or lies below a file; see LATCHHOOK_DATA_DIR (--data-dir)`;
    case 'ENOSPC':
      return `${path ?? 'the data folder'}: the disk is full`;
    default:
      return error.message.split('\n', 1)[0] || error.name;
  }
}
