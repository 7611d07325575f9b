const LONGEST = 2_000;
/** What browsers drop from URLs, and the backslash that they read as a slash: both turn a path into another origin. */
const TREACHEROUS = /[\\\u0000-\u0020\u007f]/;

/** A path of our own pages to go to after signing in; `/` for anything that could lead elsewhere. */
export function returnPath(wanted: unknown): string {
  if (typeof wanted !== 'string' || wanted.length > LONGEST) return '/';
  if (!wanted.startsWith('/') || wanted.startsWith('//') || TREACHEROUS.test(wanted)) return '/';
  return wanted;
}
