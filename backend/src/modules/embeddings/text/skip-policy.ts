import { basename, extname } from 'node:path/posix';
import { holdsSecret } from './secrets.js';

export const SKIP_REASONS = [
  'binary',
  'empty',
  'generated',
  'lfs-pointer',
  'not-utf8',
  'path-too-long',
  'secret',
  'submodule',
  'symlink',
  'too-large',
  'too-many',
  'vendored',
] as const;
/** Why a file is not read. */
export type SkipReason = (typeof SKIP_REASONS)[number];
/** Those that `readText` finds. */
export const CONTENT_REASONS: readonly SkipReason[] = [
  'binary',
  'empty',
  'generated',
  'lfs-pointer',
  'not-utf8',
  'secret',
];

export interface FileFacts {
  readonly path: string;
  /** git's, octal. */
  readonly mode: string;
  /** In bytes; null for what is no blob. */
  readonly size: number | null;
}

export const LARGEST_BYTES = 1024 * 1024;
const SNIFFED_BYTES = 8_000;
const HEADER_CHARACTERS = 1_000;
/** Minified: a line of this length in a file whose lines are this long on average. People's prose has long lines, too. */
const MINIFIED = { longest: 5_000, average: 400 };

/** Folders, lock files and bundles that hold other people's code, or the project's own once more. */
const VENDORED_FOLDER =
  /(^|\/)(node_modules|bower_components|jspm_packages|[Vv]endor|third[_-]?party|\.yarn|\.pnpm-store|site-packages|\.?venv|Pods|Carthage|dist|\.next|\.nuxt|__pycache__)\//;
const VENDORED_FILE =
  /(^|\/)(package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|deno\.lock|composer\.lock|cargo\.lock|poetry\.lock|pipfile\.lock|uv\.lock|pdm\.lock|gemfile\.lock|podfile\.lock|mix\.lock|flake\.lock|packages\.lock\.json|gradle\.lockfile|go\.sum)$|[.-]min\.(js|mjs|cjs|css)$/i;
const GENERATED_PATH =
  /\.(map|snap|pb\.go|pb\.cc|pb\.h|g\.dart|freezed\.dart|designer\.cs|g\.cs)$|_pb2(_grpc)?\.pyi?$/i;
const SECRET_PATH =
  /(^|\/)(\.env(\..+)?|.+\.env|\.envrc|\.netrc|_netrc|\.npmrc|\.pypirc|\.htpasswd|\.pgpass|\.git-credentials|\.dockercfg|\.vault-token|id_(rsa|dsa|ecdsa|ed25519)(_sk)?|credentials(\.json)?|secrets?\.(json|ya?ml|toml|env)|(client_secret|service[_-]?account).*\.json|.*\.tfstate(\.backup)?|master\.key|(.+[.-])?kubeconfig(\.ya?ml)?|\.docker\/config\.json)$|(^|\/)(\.ssh|\.aws|\.gnupg|\.kube)\/|\.(pem|key|p12|pfx|p8|jks|keystore|gpg|pgp|kdbx|ppk|ovpn)$/i;
/** Templates of secret files hold no secret and tell how the project is set up. */
const SECRET_TEMPLATE = /(^|\/)(\.env\.(example|sample|template|dist|defaults)|(example|sample|template)\.env)$/i;
const BINARY_EXTENSIONS = new Set(
  (
    'png jpg jpeg gif bmp ico icns webp avif heic tiff psd ai eps sketch pdf zip gz tgz bz2 xz zst 7z rar tar jar war class exe ' +
    'dll so dylib o a lib woff woff2 ttf otf eot mp3 mp4 m4a mov avi mkv webm ogg wav flac sqlite sqlite3 db bin dat wasm onnx ' +
    'pt pth npy npz parquet arrow pkl pyc pyo doc docx xls xlsx ppt pptx odt dmg iso deb rpm apk ipa'
  ).split(' '),
);
const GENERATED_CONTENT = /\b(?:code generated .{0,80}do not edit|@generated\b|auto-?generated (?:by|file|code)\b)/i;
const LFS_POINTER = 'version https://git-lfs.github.com/spec/';

/** What can be told from the tree alone, before anything is read. Nothing that may hold a secret is ever read. */
export function skipByPath({ path, mode, size }: FileFacts): SkipReason | null {
  if (mode === '160000') return 'submodule';
  if (mode === '120000') return 'symlink';
  if (isSecretPath(path)) return 'secret';
  if (VENDORED_FOLDER.test(path) || VENDORED_FILE.test(path)) return 'vendored';
  if (BINARY_EXTENSIONS.has(extensionOf(path))) return 'binary';
  if (GENERATED_PATH.test(path)) return 'generated';
  if (size === 0) return 'empty';
  return (size ?? 0) > LARGEST_BYTES ? 'too-large' : null;
}

/** Whether a file of this name is kept for credentials. */
export function isSecretPath(path: string): boolean {
  return SECRET_PATH.test(path) && !SECRET_TEMPLATE.test(path);
}

/** The text of a file, or why it is not read; what only the content tells. */
export function readText(bytes: Buffer, path: string): { text: string } | { skip: SkipReason } {
  if (bytes.subarray(0, SNIFFED_BYTES).includes(0)) return { skip: 'binary' };
  const text = decode(bytes);
  if (text === null) return { skip: 'not-utf8' };
  if (text.includes('\0')) return { skip: 'binary' };
  if (text.trim() === '') return { skip: 'empty' };
  if (text.startsWith(LFS_POINTER)) return { skip: 'lfs-pointer' };
  if (holdsSecret(text)) return { skip: 'secret' };
  const generated = GENERATED_CONTENT.test(text.slice(0, HEADER_CHARACTERS)) || isMinified(text, path);
  return generated ? { skip: 'generated' } : { text };
}

/** UTF-8 text without a byte-order mark; null for bytes that are none. */
export function decode(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Lower case, without the dot; empty for a name without one. */
export function extensionOf(path: string): string {
  return extname(basename(path)).slice(1).toLowerCase();
}

const MINIFIABLE = new Set(['js', 'mjs', 'cjs', 'css', 'html', 'htm', 'json', 'svg', 'xml']);

function isMinified(text: string, path: string): boolean {
  if (!MINIFIABLE.has(extensionOf(path))) return false;
  let longest = 0;
  let lines = 0;
  for (let start = 0; start < text.length; lines++) {
    const end = text.indexOf('\n', start);
    const stop = end < 0 ? text.length : end;
    longest = Math.max(longest, stop - start);
    start = stop + 1;
  }
  return longest > MINIFIED.longest && text.length / lines > MINIFIED.average;
}
