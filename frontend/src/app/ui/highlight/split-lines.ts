const piece = /<span[^>]*>|<\/span>|\n|[^<\n]+/g;

/**
 * Cuts highlighted HTML (nothing but text and spans) into lines that are each whole by themselves: a span open at
 * the end of a line is closed there and opened again on the next.
 */
export function splitLines(html: string): string[] {
  const lines: string[] = [];
  const open: string[] = [];
  let line = '';
  for (const [part] of html.matchAll(piece)) {
    if (part === '\n') {
      lines.push(line + '</span>'.repeat(open.length));
      line = open.join('');
      continue;
    }
    if (part === '</span>') open.pop();
    else if (part.startsWith('<span')) open.push(part);
    line += part;
  }
  lines.push(line + '</span>'.repeat(open.length));
  return lines;
}
