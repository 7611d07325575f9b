import { redact } from './redact.js';

describe('what is written into a log', () => {
  it.each([
    ['a token of GitHub', 'Server Error: token ghu_AbC-dEfGhIjKlMnOpQrStUvWxYz012345', 'Server Error: token [hidden]'],
    ['one with an underscore', 'ghr_0123456789ab_cdefghij-klmnop.', '[hidden].'],
    ['a token of ours', 'sent yud_Ab-Cd_EfGhIjKlMnOp', 'sent [hidden]'],
    ['a header', 'authorization: Basic eC1hY2Nlc3M6Z2h1X2FiYw==', 'authorization: Basic [hidden]'],
    ['the password of an address', 'postgres://yudai:pass-word@db/yudai', 'postgres://yudai:[hidden]@db/yudai'],
    [
      'a code of a sign-in',
      '/api/auth/callback?code=abc-def&state=x',
      '/api/auth/callback?code=[hidden]&state=[hidden]',
    ],
  ])('has not %s', (_what, text, written) => {
    expect(redact({ message: text, inside: [new Error(text).message] })).toEqual({
      message: written,
      inside: [written],
    });
  });
});
