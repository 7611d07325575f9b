import type { AuditVerification } from '@yudai/sdk';
import { auditQuery, isFiltered, isoTime, localTime } from './audit-filter';
import { verificationInWords } from './verification/verification-words';

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
    verificationInWords({ intact: true, checked: 12, anchor: { state: 'match', seq: 10 }, ...changes });

  it('names the entry that was changed, and how', () => {
    const { title, text } = found({ intact: false, checked: 4, firstBroken: 5, reason: 'content' });
    expect(title).toBe('The trail is broken at entry 5: its content is not what was sealed');
    expect(text).toContain('4 entries before it are as they were written.');
  });

  it('says what an intact trail rests on', () => {
    expect(found({}).text).toContain('It fits the newest seal');
    expect(found({ anchor: { state: 'none' } }).text).toContain('would not show');
  });
});
