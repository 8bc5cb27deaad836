/**
 * A request target that the router can decode. A path with broken percent-encoding keeps it, as text: then
 * `/webhooks/%zz` is a wrong uid like any other, behind the checks that come first.
 */
export function routableUrl(target: string): string {
  const end = target.search(/[?#]/);
  const path = end < 0 ? target : target.slice(0, end);
  if (!path.includes('%') || isDecodable(path)) return target;
  return path.replaceAll('%', '%25') + target.slice(path.length);
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}
