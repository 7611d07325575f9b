/** How far git looks for a NUL before it calls a file binary. */
const SNIFFED = 8_000;

/** A file's bytes as text; null for what is binary. */
export function textOf(bytes: Buffer): string | null {
  if (bytes.subarray(0, SNIFFED).includes(0)) return null;
  const text = bytes.toString('utf8');
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

/** The lines of a text without their ends; a line break at the very end does not begin another line. */
export function linesOf(text: string): string[] {
  if (text === '') return [];
  return text.replace(/\r?\n$/, '').split(/\r?\n/);
}
