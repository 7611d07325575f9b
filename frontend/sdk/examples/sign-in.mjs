/** What a browser keeps and follows during the OAuth code flow, for programs that act as a person on a local deployment. */
const HOPS = 8;

/**
 * Signs an account in, following each redirect as a browser does: to the provider, and back with the code.
 * The provider must answer without a page (`npm start`'s forge does for the login that is named).
 * @param {string} url origin of the deployment
 * @param {string} login account at the provider
 * @returns {Promise<Record<string, string>>} headers of a signed-in browser: the cookie, and where requests come from
 */
export async function signIn(url, login) {
  const origin = new URL(url).origin;
  /** @type {Map<string, Map<string, string>>} cookies by origin */
  const jars = new Map();
  let next = new URL(`/api/auth/login?login=${encodeURIComponent(login)}`, origin);
  for (let hop = 0; hop < HOPS; hop++) {
    const jar = jars.get(next.origin) ?? new Map();
    jars.set(next.origin, jar);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(next, { redirect: 'manual', headers: cookie ? { cookie } : {} });
    await answer.body?.cancel();
    for (const set of answer.headers.getSetCookie()) keep(jar, set);
    const location = answer.headers.get('location');
    if (!location)
      throw new Error(`Signing in as ${login} ended at ${next.origin}${next.pathname} with ${answer.status}.`);
    next = new URL(location, next);
    if (next.origin === origin && !next.pathname.startsWith('/api/')) break;
  }
  const jar = jars.get(origin);
  const name = ['__Host-yudai', 'yudai'].find((candidate) => jar?.has(candidate));
  if (!name || next.pathname === '/sign-in')
    throw new Error(`${login} could not sign in: ${next.pathname}${next.search}`);
  return { cookie: `${name}=${jar?.get(name)}`, origin };
}

/** @param {Map<string, string>} jar @param {string} header */
function keep(jar, header) {
  const [pair = ''] = header.split(';');
  const at = pair.indexOf('=');
  const [name, value] = [pair.slice(0, at).trim(), pair.slice(at + 1)];
  if (value === '') jar.delete(name);
  else jar.set(name, value);
}
