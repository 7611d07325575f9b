import { isRandom } from './randomness.js';

/** Forms that nothing but a credential has. */
const FORMS = [
  // PEM and OpenSSH private keys, also inside a string literal with escaped line breaks; a bare header holds no key
  String.raw`-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----(?:\\[nr]|[\s"'+,])*[A-Za-z0-9+/=:-]{4,}`,
  // GitHub, GitLab, npm, PyPI
  String.raw`\bgh[pousr]_[A-Za-z0-9]{36,}\b`,
  String.raw`\bgithub_pat_\w{60,}\b`,
  String.raw`\bglpat-[\w-]{20,}`,
  String.raw`\bnpm_[A-Za-z0-9]{36}\b`,
  String.raw`\bpypi-AgEIcHlwaS5vcmc[\w-]{50,}`,
  // AWS, Google, Azure storage
  String.raw`\b(?:AKIA|ASIA)[0-9A-Z]{16}\b`,
  String.raw`\bAIza[0-9A-Za-z_-]{35}\b`,
  String.raw`\bGOCSPX-[\w-]{28}\b`,
  String.raw`AccountKey=[A-Za-z0-9+/]{86}==`,
  // OpenAI, Anthropic, OpenRouter; Stripe; Slack; SendGrid; Twilio
  String.raw`\bsk-(?:ant-|proj-|or-)?[A-Za-z0-9_-]{32,}\b`,
  String.raw`\b[rs]k_live_[A-Za-z0-9]{20,}\b`,
  String.raw`\bxox[abeoprs]-[A-Za-z0-9-]{20,}\b`,
  String.raw`hooks\.slack\.com/services/T\w+/B\w+/\w{20,}`,
  String.raw`\bSG\.[\w-]{22}\.[\w-]{43}\b`,
  // JSON Web Tokens (RFC 7519)
  String.raw`\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{20,}`,
  // this product's own
  String.raw`\byud_[A-Za-z0-9_-]{40,}`,
];
const SECRET = new RegExp(FORMS.join('|'));

/** What is given a name like a credential's; whether it is one tells the value. Every repetition is bounded. */
const NAMED =
  /(?:secret|token(?!iz)|passw(?:or)?d|passphrase|pwd|(?:api|access|private|auth|encryption|signing|client|account)[_-]?key|credential)[\w-]{0,40}["'`]?\s{0,5}(?::=|=>|[:=])\s{0,5}(?:(["'`])([^\s"'`]{16,200})\1|([\w+/~-]{20,200}={0,2})(?![\w+/~.([{<-]))/gi;
/** The password of an address. */
const IN_ADDRESS = /:\/\/[^\s:@/"'`]{1,64}:([^\s:@/"'`]{8,128})@/g;

/**
 * Whether a text holds a credential: told by its form, or by a random value with a credential's name. A false alarm takes a
 * whole file out of the index, so `password = "correct horse"`, a call and a placeholder are none.
 */
export function holdsSecret(text: string): boolean {
  if (SECRET.test(text)) return true;
  for (const [, , quoted, bare] of text.matchAll(NAMED)) if (isRandom(quoted ?? bare ?? '')) return true;
  for (const [, password] of text.matchAll(IN_ADDRESS)) if (isRandom(password ?? '')) return true;
  return false;
}
