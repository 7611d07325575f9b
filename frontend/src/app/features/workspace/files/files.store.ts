import { signalStore } from '@ngrx/signals';
import { type FileContent, type SessionFile, listFiles, readFile } from '@yudai/sdk';
import { withPages } from '../../../core/paged/with-pages';
import { type FilePart, readPart } from './file-part';

/** The most the server gives at once. */
const pageSize = 200;

export interface FilesQuery {
  readonly sessionId: string;
  readonly query: string;
  readonly skipped: boolean;
  /** The commit whose files these are: another one is another list. */
  readonly commit: string | null | undefined;
}

/** Files of the indexed commit, page by page. */
export const FilesStore = signalStore(
  withPages<SessionFile, FilesQuery>(({ sessionId, query, skipped }, cursor, on) =>
    listFiles({
      path: { id: sessionId },
      query: {
        limit: pageSize,
        ...(query ? { query } : {}),
        ...(skipped ? { skipped } : {}),
        ...(cursor ? { cursor } : {}),
      },
      ...on,
    }),
  ),
);

export interface FileQuery {
  readonly sessionId: string;
  readonly path: string;
  readonly commit: string | undefined;
  readonly part: FilePart;
}

/** The text of a part of one file, read from the repository with the reader's own rights. */
export const FileStore = signalStore(
  withPages<FileContent, FileQuery>(async ({ sessionId, path, commit, part }, _cursor, on) => {
    const query = { path, ...(commit ? { commit } : {}) };
    const content = await readPart(async (lines) => {
      const { data } = await readFile({ path: { id: sessionId }, query: { ...query, ...lines }, ...on });
      return data;
    }, part);
    return { data: { items: [content], nextCursor: null } };
  }),
);
