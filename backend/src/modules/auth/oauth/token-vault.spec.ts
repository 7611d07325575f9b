import type { Config } from '../../../platform/config/config.js';
import type { GithubToken } from '../entities/github-token.entity.js';
import { TokenVault } from './token-vault.js';

describe('a token of GitHub at rest', () => {
  const vault = new TokenVault({ SECRET_KEY: 's'.repeat(40), ENCRYPTION_KEYS_OLD: [] } as unknown as Config);
  const sealed = vault.seal({ access_token: 'ghu_access', refresh_token: 'ghr_refresh' }, 'its-user');
  const row = (changes: Partial<GithubToken> = {}): GithubToken =>
    ({ userId: 'its-user', ...sealed, ...changes }) as GithubToken;
  const changed = (text: string): string => {
    const bytes = Buffer.from(text, 'base64');
    bytes[20] = (bytes[20] ?? 0) ^ 1;
    return bytes.toString('base64');
  };

  it('is read by whom it was sealed for', () => {
    expect([vault.accessToken(row()), vault.refreshToken(row())]).toEqual(['ghu_access', 'ghr_refresh']);
    expect(JSON.stringify(sealed)).not.toMatch(/ghu_|ghr_/);
  });

  it("opens nothing in somebody else's row, or when it was changed", () => {
    expect(() => vault.accessToken(row({ userId: 'another' }))).toThrow();
    expect(() => vault.refreshToken(row({ userId: 'another' }))).toThrow();
    expect(() => vault.accessToken(row({ accessToken: changed(sealed.accessToken) }))).toThrow();
  });
});
