/** Forms that nothing but a credential has. What repeats without a bound can begin only once in what it repeats over. */
const FORMS = [
  // PEM and OpenSSH private keys, also inside a string literal with escaped line breaks; a bare header holds no key
  String.raw`-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----(?:\\[nr]|[\s"'+,])*[A-Za-z0-9+/=:-]{4,}`,
  // the same in base64, as kubeconfig has it: PRIVATE, RSA, EC, OPENSSH; PuTTY
  String.raw`LS0tLS1CRUdJTi(?:BQUklWQVRF|BSU0EgUFJJVkFUR|BFQyBQUklWQVRF|BPUEVOU1NIIFBSSVZBVEUg)`,
  String.raw`\bPrivate-Lines: \d{1,4}\s{1,4}[A-Za-z0-9+/=]{16}`,
  // GitHub, GitLab, npm, PyPI
  String.raw`\bgh[pousr]_[A-Za-z0-9]{36}`,
  String.raw`\bgithub_pat_\w{60}`,
  String.raw`\bglpat-[\w-]{20}`,
  String.raw`\bnpm_[A-Za-z0-9]{36}\b`,
  String.raw`\bpypi-AgEIcHlwaS5vcmc[\w-]{50}`,
  // AWS, Google, Azure storage: its key, and the signature of a shared address
  String.raw`\b(?:AKIA|ASIA)[0-9A-Z]{16}\b`,
  String.raw`\bAIza[0-9A-Za-z_-]{35}(?![\w-])`,
  String.raw`\bGOCSPX-[\w-]{28}(?![\w-])`,
  String.raw`AccountKey=[A-Za-z0-9+/]{86}==`,
  String.raw`\bsig=(?:[A-Za-z0-9+/]|%2[BbFf]){43}(?:=|%3[Dd])`,
  // OpenAI, Anthropic, OpenRouter; Stripe; Slack; SendGrid; Discord; Telegram
  String.raw`\bsk-(?:ant-|proj-|or-)?[A-Za-z0-9_-]{32,200}\b`,
  String.raw`\b[rs]k_live_[A-Za-z0-9]{20,200}\b`,
  String.raw`\bxox[abeoprs]-[A-Za-z0-9-]{20,200}\b`,
  String.raw`hooks\.slack\.com/services/T\w{1,20}/B\w{1,20}/\w{20}`,
  String.raw`\bSG\.[\w-]{22}\.[\w-]{43}(?![\w-])`,
  String.raw`\b[MNO][A-Za-z0-9]{23,27}\.[\w-]{6}\.[\w-]{27,38}(?![\w.-])`,
  String.raw`\b\d{8,10}:AA[\w-]{33}(?![\w-])`,
  // JSON Web Tokens (RFC 7519)
  String.raw`(?<![\w-])eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{20}`,
  // this product's own
  String.raw`\byud_[A-Za-z0-9_-]{40}`,
];
export const CREDENTIAL = new RegExp(FORMS.join('|'));

/** What comes after these is a credential if it is random: a prefix may begin a name, too. */
const PREFIXES = [
  '(?:sk|rk)_(?:test|live)_',
  'whsec_',
  'hf_',
  'shp(?:at|ca|pa|ss)_',
  'xapp-',
  'xox[abeoprs]-',
  String.raw`hv[bs]\.`,
  'gl(?:pat|dt|rt|ptt)-',
  'npm_',
  'pypi-',
  String.raw`SG\.`,
  'AIza',
  String.raw`ya29\.`,
  String.raw`[Bb]earer\s{1,3}`,
];
/** Its first group is what is to be random. */
export const AFTER_PREFIX = new RegExp(String.raw`(?<![\w.-])(?:${PREFIXES.join('|')})([\w.~+/-]{16,400})`, 'g');

/** The password of an address, with or without a user. */
export const IN_ADDRESS = /:\/\/[^\s:@/"'`]{0,64}:([^\s:@/"'`]{8,128})@/g;
