const LONGEST = 200;

/**
 * The path under which a proxy shows the server, such as `/latchhook`, without a slash at its end; a lone slash is
 * none. Null for what is no such path: it becomes part of addresses, so it holds nothing that would be another host,
 * or the folder above.
 */
export function readBasePath(text: string): string | null {
  const path = text.trim().replace(/\/$/, '');
  if (path === '') return '';
  if (path.length > LONGEST || !/^(\/[\w.~-]+)+$/.test(path)) return null;
  return /\/\.{1,2}(\/|$)/.test(path) ? null : path;
}

/** A request target without this path before it; one that does not begin with it stays as it is. */
export function withoutBasePath(target: string, basePath: string): string {
  if (basePath === '' || !target.startsWith(basePath)) return target;
  const rest = target.slice(basePath.length);
  if (rest === '' || /^[?#]/.test(rest)) return `/${rest}`;
  return rest.startsWith('/') ? rest : target;
}
