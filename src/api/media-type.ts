/**
 * Whether an `Accept` header asks for JSON rather than HTML: by its q-values, and where they are equal by
 * which of the two it names more exactly. HTML is what is given when it leaves the choice.
 */
export function prefersJson(accept: string | undefined): boolean {
  if (accept === undefined) return false;
  const ranges = accept.split(',').map(readRange);
  const json = judge(ranges, 'application', 'json');
  const html = judge(ranges, 'text', 'html');
  return json.q > html.q || (json.q === html.q && json.q > 0 && json.exactness > html.exactness);
}

interface Range {
  type: string;
  subtype: string;
  q: number;
}

function readRange(text: string): Range {
  const [range = '', ...parameters] = text.toLowerCase().split(';');
  const [type = '', subtype = ''] = range.trim().split('/');
  const q = parameters.map((one) => /^\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*$/.exec(one)?.[1]).find(Boolean);
  return { type, subtype, q: q === undefined ? 1 : Number(q) };
}

/** The most exact range decides; one that none covers is not wanted. */
function judge(ranges: readonly Range[], type: string, subtype: string): { q: number; exactness: number } {
  let best = { q: 0, exactness: 0 };
  for (const range of ranges) {
    const exactness = exactnessOf(range, type, subtype);
    if (exactness > best.exactness) best = { q: range.q, exactness };
  }
  return best;
}

function exactnessOf(range: Range, type: string, subtype: string): number {
  if (range.type === type) return range.subtype === subtype ? 3 : range.subtype === '*' ? 2 : 0;
  return range.type === '*' && range.subtype === '*' ? 1 : 0;
}
