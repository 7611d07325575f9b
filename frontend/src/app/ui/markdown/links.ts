/** Addresses that a text may link to: whole ones, so that a text cannot lead to a place of ours by its own name for it. */
const allowed = /^(?:https?:\/\/[^/\\]|mailto:)/i;

export function isAllowedLink(address: string): boolean {
  return allowed.test(address) && URL.canParse(address);
}

/**
 * What stands behind a link so that a person sees where it leads: ` (host)`. Nothing behind an address that is its own
 * text, unless that names somebody before the host or a host in letters that look like others.
 */
export function shownHost(address: string, isItsOwnText: boolean): string {
  if (!URL.canParse(address)) return '';
  const { protocol, host, username, hostname } = new URL(address);
  if (protocol === 'mailto:') return isItsOwnText ? '' : ` (${address.slice('mailto:'.length).split('?')[0] ?? ''})`;
  const isPlain = username === '' && !hostname.includes('xn--');
  return isItsOwnText && isPlain ? '' : ` (${host})`;
}
