import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access } from '../../../platform/http/access.decorator.js';
import { Endpoint } from '../../../platform/http/endpoint.decorator.js';
import { Limit } from '../../auth/index.js';
import { IndexService, SearchService } from '../../embeddings/index.js';
import {
  FileContentDto,
  ListFilesQuery,
  ReadFileQuery,
  SearchRequestDto,
  SearchResultDto,
  SessionFilePageDto,
} from '../dto/repository-data.dto.js';
import type { SessionAccess } from '../session-access.service.js';
import { CurrentSession, SessionRight } from '../session.guard.js';
import { notIndexed } from '../sessions.errors.js';
import { RepositoryText } from './repository-text.service.js';

@ApiTags('Repository index and search')
@Controller('sessions/:id')
export class FilesController {
  constructor(
    private readonly index: IndexService,
    private readonly searching: SearchService,
    private readonly text: RepositoryText,
  ) {}

  @Access({ scope: 'read' })
  @SessionRight('viewer')
  @Get('files')
  @Endpoint({ summary: 'Files of the commit that is searched, by path', type: SessionFilePageDto })
  listFiles(
    @CurrentSession() { repositoryId, branch }: SessionAccess,
    @Query() query: ListFilesQuery,
  ): Promise<SessionFilePageDto> {
    return this.index.files({ repositoryId, branch }, query);
  }

  @Access({ scope: 'read' })
  @SessionRight('viewer')
  @Get('files/content')
  @Endpoint({ summary: 'Text of a file, or some of its lines', type: FileContentDto, errors: [409] })
  async readFile(
    @CurrentSession() { userId, repositoryId, branch }: SessionAccess,
    @Query() { path, commit: wanted, startLine, endLine }: ReadFileQuery,
  ): Promise<FileContentDto> {
    const commit = wanted ?? (await this.index.serving({ repositoryId, branch }))?.commit;
    if (commit === undefined) throw notIndexed();
    const range = { startLine, ...(endLine === undefined ? {} : { endLine }) };
    return this.text.lines({ userId, repositoryId, branch, commit }, path, range);
  }

  @Access({ scope: 'read' })
  @Limit('search')
  @SessionRight('viewer')
  @Post('search')
  @Endpoint({ summary: 'Places in the repository that fit a question, best first', type: SearchResultDto })
  searchSession(
    @CurrentSession() { repositoryId, branch }: SessionAccess,
    @Body() { query, limit, includeTests }: SearchRequestDto,
  ): Promise<SearchResultDto> {
    const wish = { query, limit, ...(includeTests === undefined ? {} : { includeTests }) };
    return this.searching.search({ repositoryId, branch }, wish);
  }
}
