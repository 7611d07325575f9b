/** The lines of a text. A last line break ends the last line, it does not begin another. */
export function linesOf(text: string): string[] {
  return text === '' ? [] : text.replace(/\r?\n$/, '').split(/\r?\n/);
}
