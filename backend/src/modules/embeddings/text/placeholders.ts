/** What people write where a value belongs. */
const PLACEHOLDER =
  /example|sample|dummy|fake|mock|test|changeme|change_me|placeholder|your[-_]?|insert|redacted|x{4}|\*{3}|\.{3}|0{5}|1234|abcd|deadbeef|\$\{|\{\{|%\(|%[sv]|<[a-z]/i;
/** Words of passwords that guard nothing; a token may begin with what it is. */
const WEAK = /passw(?:or)?d|secret|letmein|qwerty|hunter2|welcome|admin/i;
const PREFIX = /^(?:secret|token|key)[_-]/i;
/** Addresses, what has no letters, dates, versions, hashes that say so, and patterns. */
const NOT_SECRET =
  /:\/\/|^[\d\W]+$|^\d{4}-\d\d-\d\d|\d\.\d+\.\d|^(?:sha(?:1|256|384|512)|md5|h1)[-:]|\[\^?(?:a-z|0-9|\\w)/i;
const BASE64 = /^[A-Za-z0-9+/]{12,}={0,2}$/;
const PRINTED = /^[\x20-\x7e\s]+$/;
/** A run of letters as words have it: `Value`, `value`, `VALUE`. */
const WORD = /[A-Z]?[a-z]{3,}|[A-Z]{4,}/g;
/** Names of methods, whose digits are no sign of chance. */
const TERM =
  /sha-?(?:1|256|384|512)|md5|base(?:32|58|64)|utf-?(?:8|16)|oauth-?[12]|aes-?(?:128|256)|rsa-?(?:2048|4096)/gi;
const VOWEL = /[aeiouy]/gi;
const LEAST_VOWELS = 0.2;
const NO_WORD = /[^aeiouy]{6}/i;
/** Share of letters and digits that are in words: random ones have a word by chance, names and paths little else. */
const MOST_WORDS = { scattered: 0.75, else: 0.55 };
/** Digits at so many places: a name has them at one or two. */
const SCATTERED = 3;
const LEET: Readonly<Record<string, string>> = {
  0: 'o',
  1: 'i',
  3: 'e',
  4: 'a',
  5: 's',
  7: 't',
  $: 's',
  '@': 'a',
  '!': 'i',
};

/** Whether a value says something to people, and so guards nothing. */
export function isMeant(written: string): boolean {
  const value = decoded(written);
  const plain = value.replace(PREFIX, '');
  const leet = plain.replace(/[013457$@!]/g, (sign) => LEET[sign] ?? sign);
  return (
    PLACEHOLDER.test(value) ||
    WEAK.test(plain) ||
    WEAK.test(leet) ||
    NOT_SECRET.test(plain) ||
    isWords(plain.replace(TERM, '_'))
  );
}

/** What base64 says, if it says something in letters. */
function decoded(value: string): string {
  const text = BASE64.test(value) ? Buffer.from(value, 'base64').toString('latin1') : '';
  return PRINTED.test(text) ? text : value;
}

function isWords(value: string): boolean {
  const words = (value.match(WORD) ?? []).filter(isWord).join('').length;
  const most = (value.match(/\d+/g) ?? []).length >= SCATTERED ? MOST_WORDS.scattered : MOST_WORDS.else;
  return words >= most * value.replace(/[\W_]/g, '').length;
}

function isWord(letters: string): boolean {
  return (letters.match(VOWEL) ?? []).length >= LEAST_VOWELS * letters.length && !NO_WORD.test(letters);
}
