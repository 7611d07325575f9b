import type { AuditVerification } from '@yudai/sdk';
import { auditQuery, isFiltered, isoTime, localTime } from './audit-filter';
import { verdictOf } from './verification/verification-words';

const nothing = { q: '', actor: '', action: '', target: '', result: '', from: '', to: '' };

describe('the filter of the trail', () => {
  it('leaves out what makes no sense in the address instead of being refused', () => {
    expect(auditQuery({ ...nothing, result: 'maybe', from: 'yesterday', actor: 'ada' })).toEqual({ actor: 'ada' });
    expect(isFiltered({ ...nothing, result: 'maybe' })).toBe(false);
  });

  it('never asks for more than the server takes', () => {
    expect(auditQuery({ ...nothing, q: 'x'.repeat(500) }).query).toHaveLength(200);
  });

  it('takes times to the field and back', () => {
    const local = localTime('2026-03-29T12:30:00.000Z');
    expect(isoTime(local)).toBe('2026-03-29T12:30:00.000Z');
    expect([localTime(''), isoTime('')]).toEqual(['', null]);
  });
});

describe('a verification in words', () => {
  const found = (changes: Partial<AuditVerification>) =>
    verdictOf({ intact: true, checked: 12, anchor: { state: 'match', seq: 10 }, ...changes });

  it('names the entry that was changed, how, and what to do', () => {
    const { tone, title, text, advice } = found({ intact: false, checked: 4, firstBroken: 5, reason: 'content' });
    expect([tone, title]).toEqual(['danger', 'The trail is broken at entry 5: its content is not what was sealed']);
    expect(text).toContain('4 entries before it are as they were written.');
    expect(advice[0]).toContain('before anything else is changed');
  });

  it('says what an intact trail rests on', () => {
    expect(found({})).toMatchObject({ tone: 'good', title: 'The trail is intact', advice: [] });
    expect(found({}).text).toContain('It fits the newest seal');
  });

  it('calls nothing intact that was compared with nothing, and nothing broken that only lacks a seal', () => {
    const { tone, title, text, advice } = found({ intact: false, anchor: { state: 'missing' } });
    expect(tone).toBe('warning');
    expect(title).not.toMatch(/intact|broken/);
    expect(text).toContain('would not show');
    expect(advice).not.toEqual([]);
  });

  it('tells a cut end from a hole', () => {
    const at = { intact: false, checked: 40, firstBroken: 41, anchor: { state: 'unreached', seq: 50 } } as const;
    expect(found({ ...at, reason: 'cut' }).title).toBe(
      'The trail is broken at entry 41: the end of the trail was cut off there',
    );
    expect(found({ ...at, reason: 'missing' }).title).toContain('an entry is missing there');
  });
});
