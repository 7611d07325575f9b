import { ProblemError, problemFrom, problemOf } from './problem';

describe('problemFrom', () => {
  it('takes the sentence, the code and the request id from the document', () => {
    const body = {
      type: 'urn:yudai:github.unavailable',
      title: 'Service Unavailable',
      detail: 'GitHub did not answer within 10 seconds.',
      code: 'github.unavailable',
      requestId: 'req-1',
      retryAfterSeconds: 30,
    };
    expect(problemFrom(body, 503)).toMatchObject({
      title: 'A service behind Yudai is unavailable',
      detail: 'GitHub did not answer within 10 seconds.',
      code: 'github.unavailable',
      requestId: 'req-1',
      retryAfterSeconds: 30,
    });
  });

  it('keeps what is wrong with each field', () => {
    const problem = problemFrom({ errors: [{ path: 'title', message: 'is too long' }] }, 422);
    expect(problem.fields).toEqual([{ path: 'title', message: 'is too long' }]);
  });

  it.each([['<html>Bad gateway</html>'], [undefined], [{ detail: 42, errors: 'no' }]])(
    'speaks in words even when a proxy answers with %j',
    (body) => {
      const problem = problemFrom(body, 502, 'req-2');
      expect(problem.title).toBe('GitHub or the model did not answer properly');
      expect(problem.detail).not.toBe('');
      expect(problem.requestId).toBe('req-2');
    },
  );

  it('says that the server cannot be reached when nothing answered', () => {
    expect(problemFrom(new TypeError('Failed to fetch'), 0).code).toBe('network');
  });
});

describe('problemOf', () => {
  it('unwraps what the SDK threw and never shows a foreign error message', () => {
    const problem = problemFrom({}, 404);
    expect(problemOf(new ProblemError(problem))).toBe(problem);
    expect(problemOf(new TypeError('x is not a function')).detail).not.toContain('x is not');
  });
});
