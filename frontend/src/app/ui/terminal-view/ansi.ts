import { showInvisible } from '../text/invisible';

/** A stretch of terminal text in one colour. */
export interface TerminalSpan {
  readonly text: string;
  /** Class names: `fg1` (red) to `fg6` (cyan), `bold`, `dim`. Black and white are left to the theme. */
  readonly style: string;
}

/** A line longer than this is cut: it is data, not something to read. */
const mostCharacters = 4000;

const escape = String.fromCharCode(27);
const bell = String.fromCharCode(7);
/** Colour codes are captured; every other control sequence (cursor, title, links) is dropped. */
const sequence = new RegExp(
  `${escape}\\[([0-9;]*)m|${escape}\\[[0-9;?]*[ -/]*[@-~]|${escape}\\][^${bell}${escape}]*(?:${bell}|${escape}\\\\)|${escape}.`,
  'g',
);

interface Style {
  colour: number;
  bold: boolean;
  dim: boolean;
}

/** Reads one line of a program's output: colours as classes, everything that would move a cursor taken out. */
export function parseAnsi(line: string): TerminalSpan[] {
  const text = overwritten(line.slice(0, mostCharacters)) + (line.length > mostCharacters ? ' …' : '');
  const spans: TerminalSpan[] = [];
  const style: Style = { colour: 0, bold: false, dim: false };
  let from = 0;
  const push = (to: number): void => {
    const piece = printable(text.slice(from, to));
    if (piece) spans.push({ text: piece, style: classes(style) });
  };
  for (const match of text.matchAll(sequence)) {
    push(match.index);
    from = match.index + match[0].length;
    if (match[1] !== undefined) apply(style, match[1]);
  }
  push(text.length);
  return spans;
}

/** A progress bar writes over itself with carriage returns: what is seen is what was written last. */
function overwritten(line: string): string {
  return line.replace(/\r+$/, '').split('\r').at(-1) ?? '';
}

function printable(text: string): string {
  let out = '';
  for (const character of text) {
    const code = character.charCodeAt(0);
    if (code >= 32 || character === '\t') out += character;
  }
  return showInvisible(out);
}

function apply(style: Style, codes: string): void {
  const list = codes.split(';').map(Number);
  for (let i = 0; i < list.length; i++) {
    const code = list[i] ?? 0;
    if (code === 38 || code === 48) i += list[i + 1] === 5 ? 2 : 4;
    else if (code === 0) Object.assign(style, { colour: 0, bold: false, dim: false });
    else if (code === 1) style.bold = true;
    else if (code === 2) style.dim = true;
    else if (code === 22) Object.assign(style, { bold: false, dim: false });
    else if (code === 39) style.colour = 0;
    else if ((code >= 31 && code <= 36) || (code >= 91 && code <= 96)) style.colour = code % 10;
  }
}

const classes = (style: Style): string =>
  [style.colour ? `fg${style.colour}` : '', style.bold ? 'bold' : '', style.dim ? 'dim' : ''].filter(Boolean).join(' ');
