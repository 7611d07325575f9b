import { createZodDto } from 'nestjs-zod';
import {
  fileContentQuerySchema,
  fileContentSchema,
  indexStateSchema,
  listFilesQuerySchema,
  searchRequestSchema,
  searchResultSchema,
  sessionFilePageSchema,
} from '../../embeddings/index.js';

export class IndexStateDto extends createZodDto(indexStateSchema) {}
export class SessionFilePageDto extends createZodDto(sessionFilePageSchema) {}
export class ListFilesQuery extends createZodDto(listFilesQuerySchema) {}
export class FileContentDto extends createZodDto(fileContentSchema) {}
export class ReadFileQuery extends createZodDto(fileContentQuerySchema) {}
export class SearchRequestDto extends createZodDto(searchRequestSchema) {}
export class SearchResultDto extends createZodDto(searchResultSchema) {}
