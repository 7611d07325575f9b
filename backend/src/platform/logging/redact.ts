const HIDDEN = '[hidden]';
const SECRET_NAMES =
  /^(authorization|cookie|set-cookie|password|secret|token|access_?token|refresh_?token|client_?secret|api_?key|code|code_?verifier)$/i;
/** Values that are secrets wherever they stand: GitHub's token prefixes, our API tokens, bearer headers, URLs with a password. */
const SECRET_VALUES: readonly [RegExp, string][] = [
  [/\bgh[pousr]_[A-Za-z0-9_-]{10,}/g, HIDDEN],
  [/\bgithub_pat_[A-Za-z0-9_]{10,}/g, HIDDEN],
  [/\byud_[A-Za-z0-9_-]{10,}/g, HIDDEN],
  [/\bsk-[A-Za-z0-9_-]{10,}/g, HIDDEN],
  [/\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]{8,}/gi, `$1 ${HIDDEN}`],
  [/\b(yudai(?:-oauth)?=)[\w-]{20,}/g, `$1${HIDDEN}`],
  [/(:\/\/[^\s:/@]+:)[^\s@]+@/g, `$1${HIDDEN}@`],
  [/([?&](?:code|state|token|access_token|client_secret)=)[^&\s"]+/gi, `$1${HIDDEN}`],
];
const DEEPEST = 6;

function redactText(text: string): string {
  return SECRET_VALUES.reduce((result, [pattern, replacement]) => result.replace(pattern, replacement), text);
}

/** A copy without secrets: known names and known shapes are replaced. Symbols (winston's own) are kept. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (depth > DEEPEST) return '[deep]';
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1));
  const copy: Record<string | symbol, unknown> = {};
  for (const key of Reflect.ownKeys(value)) {
    const item = (value as Record<string | symbol, unknown>)[key];
    copy[key] = typeof key === 'string' && isSecretName(key, item) ? HIDDEN : redact(item, depth + 1);
  }
  return copy;
}

/** `code` names an error code as often as an OAuth code; error codes are short words with dots, dashes or capitals. */
function isSecretName(key: string, value: unknown): boolean {
  if (!SECRET_NAMES.test(key) || value === undefined || value === null) return false;
  return !(
    key.toLowerCase() === 'code' &&
    typeof value === 'string' &&
    /^[a-zA-Z]+([._-][a-zA-Z0-9-]+)*$|^[0-9A-Z]{5}$|^[A-Z_]+$/.test(value)
  );
}
