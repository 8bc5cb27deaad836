/**
 * JSON as its text: a card number of 20 digits would lose some of them on its way through a double, and members
 * would change their places.
 */
const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;
/** Deeper than anything that is meant to be read; indented, it would grow with the square of its depth. */
const DEEPEST = 40;

interface Token {
  text: string;
  start: number;
}

function tokensOf(json: string): Token[] {
  return Array.from(json.matchAll(TOKENS), ({ 0: text, index }) => ({ text, start: index }));
}

/** An object or array over several lines; null: it is none, or too deep. */
export function prettyJson(text: string): string | null {
  if (!/^\s*[[{]/.test(text)) return null;
  try {
    JSON.parse(text);
  } catch {
    return null;
  }
  const tokens = tokensOf(text);
  let out = '';
  let depth = 0;
  for (const [index, { text: token }] of tokens.entries()) {
    const before = tokens[index - 1]?.text;
    const after = tokens[index + 1]?.text;
    if (token === '{' || token === '[') {
      depth++;
      if (depth > DEEPEST) return null;
      const empty = after === '}' || after === ']';
      out += empty ? token : token + newLine(depth);
    } else if (token === '}' || token === ']') {
      depth--;
      const empty = before === '{' || before === '[';
      out += empty ? token : newLine(depth) + token;
    } else if (token === ',') out += token + newLine(depth);
    else out += token === ':' ? ': ' : token;
  }
  return out;
}

function newLine(depth: number): string {
  return `\n${'  '.repeat(depth)}`;
}

/** The members of an object by name, as people read them: strings without quotes, all else as it stands. */
export function readableMembers(json: string): Map<string, string> {
  const members = new Map<string, string>();
  for (const { name, start, end } of membersAt(json, 1)) {
    const value = json.slice(start, end);
    members.set(name, value.startsWith('"') ? String(JSON.parse(value)) : value);
  }
  return members;
}

/** Puts the text of an object in its place, wherever it is the value of a member of this name, outermost. */
export function objectsAsText(json: string, name: string): string {
  let out = '';
  let end = 0;
  for (const member of membersAt(json, Number.POSITIVE_INFINITY)) {
    if (member.name !== name || member.start < end || json[member.start] !== '{') continue;
    out += json.slice(end, member.start) + JSON.stringify(json.slice(member.start, member.end));
    end = member.end;
  }
  return out + json.slice(end);
}

interface Member {
  name: string;
  start: number;
  end: number;
}

/** Members down to a depth, in the order in which they begin. */
function membersAt(json: string, deepest: number): Member[] {
  const members: Member[] = [];
  const open: (Member | null)[] = [];
  const tokens = tokensOf(json);
  const close = (end: number) => {
    const member = open.at(-1);
    if (member) member.end = end;
    if (open.length > 0) open[open.length - 1] = null;
  };
  for (const [index, { text, start }] of tokens.entries()) {
    if (text === '{' || text === '[') open.push(null);
    else if (text === '}' || text === ']') {
      close(endOf(tokens[index - 1]));
      open.pop();
    } else if (text === ',') close(endOf(tokens[index - 1]));
    else if (text === ':' && open.length <= deepest) {
      const name = String(JSON.parse(tokens[index - 1]?.text ?? '""'));
      const member = { name, start: tokens[index + 1]?.start ?? start, end: json.length };
      members.push(member);
      open[open.length - 1] = member;
    }
  }
  return members;
}

function endOf(token: Token | undefined): number {
  return token ? token.start + token.text.length : 0;
}
