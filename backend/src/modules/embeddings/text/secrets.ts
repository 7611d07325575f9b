/**
 * Forms that nothing but a credential has. What merely looks secret (`password = …`) is left alone: a false alarm takes a
 * whole file out of the index.
 */
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
  // this product's own
  String.raw`\byud_[A-Za-z0-9_-]{40,}`,
];
const SECRET = new RegExp(FORMS.join('|'));

/** Whether a text holds a credential, told by its form. */
export function holdsSecret(text: string): boolean {
  return SECRET.test(text);
}
