/**
 * Finds a handler by method and path. A segment that starts with a colon takes any value; routes are tried in order, so
 * that fixed segments go first.
 */
export function createRouter(routes) {
  const table = routes.map(({ method, path, handler }) => ({ method, segments: split(path), handler }));

  function find(method, pathname) {
    const segments = split(pathname);
    for (const route of table) {
      if (route.method !== method) continue;
      const params = match(route.segments, segments);
      if (params) return { handler: route.handler, params };
    }
    return undefined;
  }

  return { find };
}

const split = (path) => path.split('/').filter(Boolean);

function match(pattern, segments) {
  if (pattern.length !== segments.length) return undefined;
  const params = {};
  for (const [index, part] of pattern.entries()) {
    if (part.startsWith(':')) params[part.slice(1)] = decodeURIComponent(segments[index]);
    else if (part !== segments[index]) return undefined;
  }
  return params;
}
