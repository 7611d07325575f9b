import { runInContext } from '../../platform/context/request-context.js';
import type { Principal } from '../../platform/http/principal.js';
import { auditFacts, type AuditInput } from './audit-input.js';

const act: AuditInput = { action: 'session.create', target: { type: 'session', id: 's1' }, result: 'ok' };
const ada: Principal = { userId: 'u1', githubId: '1', login: 'ada', role: 'admin', via: 'cookie' };

describe('auditFacts', () => {
  it('takes who, from where and under which request from the request', () => {
    const context = { requestId: 'r1', via: 'token' as const, ip: '192.0.2.7', userAgent: 'curl', principal: ada };
    expect(runInContext(context, () => auditFacts(act))).toMatchObject({
      actorType: 'user',
      actorId: 'u1',
      actorLogin: 'ada',
      actorRole: 'admin',
      via: 'token',
      requestId: 'r1',
      ip: '192.0.2.7',
      userAgent: 'curl',
    });
  });

  it.each([
    ['a webhook', 'webhook' as const, 'webhook'],
    ['a job of nobody', 'job' as const, 'system'],
    ['a stranger', 'cookie' as const, 'anonymous'],
  ])('names %s as such', (_who, via, actorType) => {
    expect(runInContext({ requestId: 'r1', via }, () => auditFacts(act))).toMatchObject({ actorType, actorId: null });
  });

  it('keeps secrets out of the details', () => {
    const details = { password: 'hunter2', note: 'got ghu_abcdefghijklmnop from GitHub', nested: { token: 'yud_x' } };
    const text = JSON.stringify(auditFacts({ ...act, details }).details);
    expect(text).not.toMatch(/hunter2|ghu_abc|yud_x/);
  });

  it('turns what PostgreSQL cannot store into a sign for it, instead of failing the act', () => {
    const facts = auditFacts({
      ...act,
      target: { type: 'file', name: 'a\u0000b\ud800' },
      details: { name: '\udc00\u0000' },
    });
    expect(facts.targetName).toBe('a\uFFFDb\uFFFD');
    expect(facts.details).toEqual({ name: '\uFFFD\uFFFD' });
  });

  it('does not store details without a bound', () => {
    expect(auditFacts({ ...act, details: { text: 'x'.repeat(100_000) } }).details).toMatchObject({
      omitted: 'too large',
    });
  });

  it('gives the details back as the database will', () => {
    const details = { at: new Date(0), big: 3_000_000_000n, gone: undefined };
    expect(auditFacts({ ...act, details }).details).toEqual({ at: '1970-01-01T00:00:00.000Z', big: '3000000000' });
  });
});
