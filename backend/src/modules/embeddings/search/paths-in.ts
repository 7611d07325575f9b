const PATH = /(?:[\p{L}\p{N}_.@-]+\/)*[\p{L}\p{N}_@-][\p{L}\p{N}_.@-]*\.[\p{L}][\p{L}\p{N}]{0,9}\b/gu;
const MOST = 32;

/** File names and paths that a text names (`src/store.js`, `store.js:12`, in a stack trace …), in lower case. */
export function pathsIn(text: string): string[] {
  const found = (text.match(PATH) ?? []).map((path) => path.replace(/^(?:\.{1,2}\/)+/, '').toLowerCase());
  return [...new Set(found)].slice(0, MOST);
}
