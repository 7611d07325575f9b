/** An id in the style of GitHub's global node ids; opaque to clients. */
export function nodeId(kind: 'U' | 'O' | 'R' | 'I' | 'PR' | 'LA' | 'C', id: number | string): string {
  return `${kind}_${Buffer.from(String(id)).toString('base64url')}`;
}
