export interface FoundCredential {
  readonly kind: string;
  /** 1-based. */
  readonly line: number;
}

/** Shapes by which providers let their secrets be recognised, then what looks like a password that was set somewhere. */
const SHAPES: readonly (readonly [kind: string, shape: RegExp])[] = [
  ['a private key', /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/],
  ['a GitHub token', /\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,})/],
  ['an API token of this server', /\byud_[A-Za-z0-9_-]{20,}/],
  ['an AWS key', /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/],
  ['a Google API key', /\bAIza[0-9A-Za-z_-]{35}/],
  ['a Slack token', /\bxox[abeprs]-[A-Za-z0-9-]{10,}/],
  ['an API key', /\bsk-[A-Za-z0-9_-]{20,}/],
  ['a JSON Web Token', /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}/],
  ['a URL with a password', /\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@]+:[^\s:/@]{3,}@[^\s/]+/i],
  ['a bearer token', /\bBearer\s+[A-Za-z0-9._~+/-]{20,}/],
  [
    'a password',
    /\b(?:password|passwd|pwd|secret|api[_-]?key|access[_-]?key|auth[_-]?token)["'`]?\s*[:=]\s*["'`]?(?=[^\s"'`]*\d)[^\s"'`<>${}()]{8,}/i,
  ],
];

/** Places of a text that look like credentials, each line once. The credential itself is not repeated. */
export function findCredentials(text: string): FoundCredential[] {
  return text.split('\n').flatMap((content, index) => {
    const kind = SHAPES.find(([, shape]) => shape.test(content))?.[0];
    return kind === undefined ? [] : [{ kind, line: index + 1 }];
  });
}
