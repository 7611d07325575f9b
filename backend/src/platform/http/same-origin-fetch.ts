/** The answer wants to be fetched from somewhere else: nobody is asked there, and no credential is sent there. */
export class RedirectRefusedError extends Error {
  constructor(status: number) {
    super(`a redirect (${status}) away from the configured server was not followed`);
    this.name = 'RedirectRefusedError';
  }
}

const MOST_REDIRECTS = 3;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
/** These keep method and body (RFC 9110 §15.4); the others turn a write into a read, so only reads follow them. */
const KEEPING = new Set([307, 308]);

/**
 * `fetch` that stays where it was sent: a redirect is followed within the same origin only, whatever the platform would
 * do. The addresses of GitHub and of the model are the deployment's choice, never an answer's.
 */
export async function sameOriginFetch(input: string | URL | Request, init: RequestInit = {}): Promise<Response> {
  let url = new URL(input instanceof Request ? input.url : input);
  const isRead = ['GET', 'HEAD'].includes((init.method ?? 'GET').toUpperCase());
  for (let hop = 0; ; hop++) {
    const answer = await fetch(url.href, { ...init, redirect: 'manual' });
    const location = answer.headers.get('location');
    if (!REDIRECTS.has(answer.status) || location === null) return answer;
    await answer.body?.cancel();
    const next = URL.parse(location, url.href);
    const mayFollow = next?.origin === url.origin && (isRead || KEEPING.has(answer.status)) && hop < MOST_REDIRECTS;
    if (!next || !mayFollow) throw new RedirectRefusedError(answer.status);
    url = next;
  }
}
