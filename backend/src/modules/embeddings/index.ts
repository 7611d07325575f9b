export { EmbeddingsJobsModule } from './embeddings.jobs.module.js';
export { EmbeddingsModule } from './embeddings.module.js';
export {
  type FileContent,
  fileContentQuerySchema,
  fileContentSchema,
  listFilesQuerySchema,
  type SessionFile,
  sessionFilePageSchema,
  sessionFileSchema,
} from './dto/files.dto.js';
export { type IndexState, indexStateSchema } from './dto/index-state.dto.js';
export {
  LONGEST_QUERY,
  type Passage,
  type PassageAnswer,
  type SearchAnswer,
  searchRequestSchema,
  searchResultSchema,
} from './dto/search.dto.js';
export { Blob } from './entities/blob.entity.js';
export { Chunk } from './entities/chunk.entity.js';
export { CommitFile } from './entities/commit-file.entity.js';
export { IndexSnapshot, SNAPSHOT_STATUSES } from './entities/index-snapshot.entity.js';
export { RepositoryCommit } from './entities/repository-commit.entity.js';
export { SnapshotFile } from './entities/snapshot-file.entity.js';
export { TextEmbedding } from './entities/text-embedding.entity.js';
export { type Anchor, CitationAnchors, type PinnedLines } from './files/citation-anchors.js';
export { CitationChecker, type CitedLines } from './files/citation-checker.js';
export { FilesService, type LinesWish } from './files/files.service.js';
export { ForgetBranches, type StillUsed } from './indexing/forget-branches.js';
export { IndexService } from './indexing/index.service.js';
export { PinnedSnapshots, type PinnedState } from './indexing/pinned-snapshots.js';
export type { BranchRef, SnapshotWish } from './repositories/snapshots.repository.js';
export { SearchService, type SearchWish } from './search/search.service.js';
export { categoryOf, isChangelog } from './text/file-kind.js';
export { issueQuestion } from './text/question.js';
export { skipByPath } from './text/skip-policy.js';
