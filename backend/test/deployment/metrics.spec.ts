import { anonymous, signIn, type Stack, startApi, startStack, type TestApi } from '../support/index.js';
import { reservePort } from '../support/ports.js';

describe('METRICS_PORT', () => {
  let stack: Stack;
  let api: TestApi;
  let metrics: string;

  beforeAll(async () => {
    const port = await reservePort();
    metrics = `http://127.0.0.1:${port}/metrics`;
    stack = await startStack({ forge: true, env: { METRICS_PORT: String(port) } });
    api = await startApi(stack);
  });
  afterAll(() => stack.stop());

  it('counts requests by the pattern of their route, and keeps ids and guesses out', async () => {
    const member = await signIn(api, 'member');
    await member.get('/api/sessions/0199-not-there');
    await member.get('/api/no-such-route/a-secret-in-a-path');
    const text = await (await fetch(metrics)).text();
    expect(text).toContain('yudai_http_request_seconds_count{method="GET",route="/api/sessions/:id",status="404"} 1');
    expect(text).toContain('process_resident_memory_bytes');
    expect(text).not.toMatch(/not-there|a-secret-in-a-path/);
  });

  it('is not on the port that people use', async () => {
    for (const path of ['/metrics', '/api/metrics']) expect((await anonymous(api).get(path)).status).toBe(404);
  });
});
