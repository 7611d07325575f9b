export function healthRoutes() {
  return [{ method: 'GET', path: '/health', handler: () => ({ status: 200, headers: {}, body: { status: 'ok' } }) }];
}
