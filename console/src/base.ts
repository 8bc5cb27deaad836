/** In a variable, since Vite takes `new URL` of a text and of this itself for the name of a file. */
const here = import.meta.url;

/**
 * The path under which the console lies, without a slash at its end; empty: at the root. A proxy may show it under
 * any path, which only the addresses of its files tell. Who comes past that proxy is at the root.
 */
export const BASE_PATH = baseOf(new URL('..', here).pathname.replace(/\/$/, ''), location.pathname);

/** Of the server, without a slash at its end. */
export const SERVER_URL = location.origin + BASE_PATH;

function baseOf(filesLieIn: string, pageLiesAt: string): string {
  return pageLiesAt === filesLieIn || pageLiesAt.startsWith(`${filesLieIn}/`) ? filesLieIn : '';
}
