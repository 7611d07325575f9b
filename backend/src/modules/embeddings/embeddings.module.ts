import { Module } from '@nestjs/common';
import { CONFIG, type Config, ConfigModule } from '../../platform/config/config.js';
import { DatabaseModule } from '../../platform/database/database.module.js';
import { HealthRegistryModule } from '../../platform/health/health.registry.js';
import { QueueModule } from '../../platform/queue/queues.js';
import { StreamsModule } from '../../platform/streams/streams.module.js';
import { GithubModule } from '../github/index.js';
import { CitationAnchors } from './files/citation-anchors.js';
import { CitationChecker } from './files/citation-checker.js';
import { FilesService } from './files/files.service.js';
import { IndexFollower } from './indexing/index-follower.js';
import { IndexService } from './indexing/index.service.js';
import { IndexStream } from './indexing/index-stream.js';
import { PinnedSnapshots } from './indexing/pinned-snapshots.js';
import { Embedder } from './model/embedder.js';
import { Models } from './model/models.js';
import { HistoryRepository } from './repositories/history.repository.js';
import { SearchRepository } from './repositories/search.repository.js';
import { SnapshotFilesRepository } from './repositories/snapshot-files.repository.js';
import { SnapshotsRepository } from './repositories/snapshots.repository.js';
import { WordsRepository } from './repositories/words.repository.js';
import { Finder } from './search/finder.js';
import { MeaningSearch } from './search/meaning-search.js';
import { NamedSearch } from './search/named-search.js';
import { SearchService } from './search/search.service.js';

const FACADES = [IndexService, SearchService, FilesService, CitationChecker, CitationAnchors, PinnedSnapshots];
const MODELS = { provide: Models, useFactory: (config: Config) => Models.of(config), inject: [CONFIG] };
/** For the jobs of this folder. */
const INTERNAL = [MODELS, Embedder, SnapshotsRepository, SnapshotFilesRepository, HistoryRepository, IndexStream];
const IMPORTS = [
  ConfigModule,
  DatabaseModule,
  StreamsModule,
  GithubModule,
  HealthRegistryModule,
  QueueModule.register('index'),
];

/** What repositories are made of, and finding in it. Its routes are controllers of sessions. */
@Module({
  imports: IMPORTS,
  providers: [
    ...FACADES,
    ...INTERNAL,
    IndexFollower,
    SearchRepository,
    WordsRepository,
    MeaningSearch,
    NamedSearch,
    Finder,
  ],
  exports: [...FACADES, ...INTERNAL, ...IMPORTS],
})
export class EmbeddingsModule {}
