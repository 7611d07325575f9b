import { notFound, toResponse, tooManyRequests } from './http/errors.js';
import { createRouter } from './http/router.js';
import { healthRoutes } from './routes/health.js';
import { todoRoutes } from './routes/todos.js';

/**
 * The service without a port: `handle` takes `{ method, url, client, body }` and resolves to `{ status, headers, body }`.
 */
export function createApp({ store, throttle, pageSize = 20, now = () => new Date() }) {
  const router = createRouter([...healthRoutes(), ...todoRoutes({ store, pageSize, now })]);

  async function handle({ method, url, client, body }) {
    try {
      const wait = throttle ? throttle.spend(client) : 0;
      if (wait > 0) throw tooManyRequests(wait);
      const { pathname, searchParams } = new URL(url, 'http://localhost');
      const match = router.find(method, pathname);
      if (!match) throw notFound('There is nothing at this address.');
      return await match.handler({ params: match.params, query: searchParams, body });
    } catch (error) {
      return toResponse(error);
    }
  }

  return { handle };
}
