import { codeOf, pieces } from './hidden-characters.js';
import './readable.css';

/** Text from outside: nothing in it is unseen, and nothing reaches beyond it. */
export function VisibleText({ text }: { text: string }) {
  const all = pieces(text);
  if (all.every(({ hidden }) => !hidden)) return text;
  return all.map(({ at, text: piece, hidden }) =>
    hidden ? (
      <span className="hidden-character" key={at}>
        {codeOf(piece)}
      </span>
    ) : (
      piece
    ),
  );
}
