/** What is called like a credential. A value that follows tells whether it is one. */
const NAME =
  /(?:(secret|passw(?:or)?d|passphrase|pwd|pass(?![a-z]))|token(?!iz)|(?:api|access|private|auth|encryption|signing|client|account)[_-]?key|credential|(?<=["'_])auth(?=["'=]))[\w-]{0,40}/gi;
/** `DB["password"]`, `{\"password\"`, `getenv("PASSWORD")`. */
const CLOSE = String.raw`\\?["'\`]?\]?\)?`;
const ASSIGN = String.raw`\s{0,5}(?::=|=>|={1,3}|:)\s{0,5}`;
/** What stands between a name and its value in quotes. */
const BETWEEN = [
  ASSIGN,
  // `apiKey: string =`, `API_KEY: &'static str =`, `apiKey string =`, `char password[] =`
  String.raw`\s{0,5}:\s{0,5}[&'\w][\w&'<>?.*[\]| :]{0,40}=\s{0,5}`,
  String.raw`\s{1,3}[\w.*]{1,30}\s{0,3}=\s{0,5}`,
  String.raw`\[\d{0,5}\]?\s{0,3}=\s{0,5}`,
  // `process.env.API_KEY ?? `, `os.environ.get("API_KEY") or `
  String.raw`\s{0,5}(?:\?\?|\|\||\bor\b)=?\s{0,5}`,
  // `withPassword(`, `#define PASSWORD `, `IDENTIFIED WITH PASSWORD `
  String.raw`\s{0,2}\(\s{0,5}`,
  String.raw`\s{1,5}`,
];
/** `getenv("API_KEY", `: next to each other in a list says nothing. */
const ARGUMENT = String.raw`\s{0,3},\s{0,5}`;
const CALLED = /\(\s{0,5}\\?["'`][\w.-]{0,40}$/;
/** `name: PASSWORD, value: `, `key="password" value=`. */
const VALUE_OF = String.raw`[\s,]{1,40}\\?["']?value\\?["']?\s{0,5}[:=]\s{0,5}`;
/** `[]byte(`, `String::from(`, `new Secret(`, and the letters before a literal. */
const WRAPPED = String.raw`(?:(?:new )?[\w.:<>[\]&*]{1,40}\(\s{0,3}){0,2}[A-Za-z@$]{0,2}`;
const LITERAL = String.raw`${WRAPPED}(\\?["'\`])([^\s"'\`]{12,5000})\1`;
const QUOTED = new RegExp(String.raw`${CLOSE}(?:${[...BETWEEN, VALUE_OF].join('|')})${LITERAL}`, 'y');
const PASSED = new RegExp(CLOSE + ARGUMENT + LITERAL, 'y');
const ELEMENT = /\s{0,3}>\s{0,5}([^\s<>]{12,200})\s{0,5}<\//y;
const BARE = new RegExp(
  String.raw`${CLOSE}(?:${ASSIGN}|${VALUE_OF})([\w+/~-]{200}|[\w+/~-]{16,199}={0,2}(?![\w+/~.([{<-]))`,
  'y',
);
/** A line of settings ends with the value, which may have signs in it. */
const TO_THE_END = String.raw`([^\s"'\`(){}[\]<>,;|\\]{12,200})[ \t]{0,5}(?![^\r\n])`;
const LINE = new RegExp(String.raw`${CLOSE}(?:[ \t]{0,5}[:=][ \t]{0,5}|${VALUE_OF})${TO_THE_END}`, 'y');
/** Dockerfile's `ENV PASSWORD …`, where nothing but a space is between. */
const AFTER_SPACE = new RegExp(String.raw`[ \t]{1,5}${TO_THE_END}`, 'y');
const DOCKER = /(?:^|\n)[ \t]{0,10}(?:ENV|ARG)[ \t]{1,5}\w{0,40}$/i;
const BEFORE = 64;

/** How a value is written: `quoted` is one for sure, `bare` may be code, `line` is the rest of a line. */
export interface NamedValue {
  readonly value: string;
  readonly written: 'quoted' | 'bare' | 'line';
  /** Called a password or a secret: people choose those, and short ones. */
  readonly chosen: boolean;
}

/**
 * What a text gives to names like a credential's. A name is looked for once, and what follows it over a bounded stretch, so that
 * the time is in proportion to the text, whatever the text is.
 */
export function* namedValues(text: string): Generator<NamedValue> {
  for (const name of text.matchAll(NAME)) {
    const at = name.index + name[0].length;
    const before = text.slice(Math.max(0, name.index - BEFORE), name.index);
    const chosen = name[1] !== undefined;
    const quoted = quotedAt(text, at, before);
    if (quoted !== undefined) {
      yield { value: quoted, written: 'quoted', chosen };
      continue;
    }
    const bare = after(BARE, text, at)?.[1];
    if (bare !== undefined) yield { value: bare, written: 'bare', chosen };
    const line = after(LINE, text, at) ?? (DOCKER.test(before) ? after(AFTER_SPACE, text, at) : null);
    if (line?.[1] !== undefined) yield { value: line[1], written: 'line', chosen };
  }
}

function quotedAt(text: string, at: number, before: string): string | undefined {
  const literal = after(QUOTED, text, at) ?? (CALLED.test(before) ? after(PASSED, text, at) : null);
  return literal?.[2] ?? after(ELEMENT, text, at)?.[1];
}

function after(sticky: RegExp, text: string, at: number): RegExpExecArray | null {
  sticky.lastIndex = at;
  return sticky.exec(text);
}
