import { basename } from 'node:path/posix';
import { Injectable } from '@nestjs/common';
import { decodeCursor, invalidCursor, type Page, page } from '../../../platform/http/pagination.js';
import { GitMirror } from '../../github/index.js';
import type { FileContent, SessionFile } from '../dto/files.dto.js';
import { fileHoldsSecret, linesNotFound, notText } from '../embeddings.errors.js';
import {
  type FileFilter,
  type ListedFile,
  SnapshotFilesRepository,
} from '../repositories/snapshot-files.repository.js';
import { linesOf } from '../text/lines.js';
import { holdsSecret } from '../text/secrets.js';
import { decode, extensionOf, isSecretPath } from '../text/skip-policy.js';

export interface LinesWish {
  readonly repositoryId: string;
  readonly commit: string;
  readonly path: string;
  /** 1-based, both ends included; the end may lie past the file's, or be left out. */
  readonly startLine: number;
  readonly endLine?: number | undefined;
}

const MOST_LINES = 5_000;
const MOST_CHARACTERS = 400_000;

/** The files of an index, and lines of a file as git has them. */
@Injectable()
export class FilesService {
  constructor(
    private readonly files: SnapshotFilesRepository,
    private readonly mirrors: GitMirror,
  ) {}

  /** By path. @throws DomainError `pagination.cursor`. */
  async list(
    snapshotId: string,
    { cursor, limit, ...filter }: FileFilter & { cursor?: string | undefined; limit: number },
  ): Promise<Page<SessionFile>> {
    const [after] = cursor === undefined ? [''] : decodeCursor(cursor, 1);
    if (typeof after !== 'string' || after.includes('\0')) throw invalidCursor();
    const rows = await this.files.list(snapshotId, filter, limit, after);
    return page(rows, limit, ({ path }) => [path], toView);
  }

  /**
   * Lines of a file from the repository itself: of those wished for the first 5,000, and of these as many as fit into
   * 400,000 characters. `endLine` is the last that was given, so that the next to ask for is the one after it.
   * @throws DomainError `github.file-not-found`, `embeddings.lines-not-found`, `embeddings.not-text`.
   */
  async readLines(wish: LinesWish): Promise<FileContent> {
    return cut(await this.textOf(wish), wish);
  }

  /**
   * The same, to be kept and handed on: to models, to other people, in exports.
   * @throws DomainError also `embeddings.secret` for a file that holds a credential, in whatever lines.
   */
  async quoteLines(wish: LinesWish): Promise<FileContent> {
    const text = await this.textOf(wish);
    if (isSecretPath(wish.path) || holdsSecret(text)) throw fileHoldsSecret(wish.path);
    return cut(text, wish);
  }

  private async textOf({ repositoryId, commit, path }: LinesWish): Promise<string> {
    const text = decode(await this.mirrors.readFile(repositoryId, commit, path));
    if (text === null || text.includes('\0')) throw notText(path);
    return text;
  }
}

function cut(text: string, { commit, path, startLine, endLine = Infinity }: LinesWish): FileContent {
  const lines = linesOf(text);
  if (startLine < 1 || endLine < startLine || startLine > Math.max(1, lines.length)) throw linesNotFound(path);
  const end = Math.min(endLine, lines.length, startLine + MOST_LINES - 1);
  const given = mostOf(lines.slice(startLine - 1, end));
  return {
    ...{ path, commit, startLine, endLine: startLine + Math.max(given.length, 1) - 1, totalLines: lines.length },
    text: given.join('\n'),
  };
}

/** The first lines that fit, whole. At least one is given: one that does not fit by itself, as far as it does. */
function mostOf(lines: readonly string[]): readonly string[] {
  let [end, characters] = [0, -1];
  for (const line of lines) {
    characters += line.length + 1;
    if (characters > MOST_CHARACTERS) break;
    end += 1;
  }
  return end > 0 ? lines.slice(0, end) : lines.slice(0, 1).map((line) => line.slice(0, MOST_CHARACTERS));
}

function toView({ path, size, tokens, language, category, skipReason }: ListedFile): SessionFile {
  return {
    ...{ path, name: basename(path), type: extensionOf(path), category, size, tokens, language },
    ...(skipReason === null ? { status: 'indexed' } : { status: 'skipped', skipReason }),
  };
}
