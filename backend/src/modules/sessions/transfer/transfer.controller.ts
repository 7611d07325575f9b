import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Body, Controller, Get, Logger, Post, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Access, CurrentPrincipal } from '../../../platform/http/access.decorator.js';
import { Endpoint } from '../../../platform/http/endpoint.decorator.js';
import { Idempotent } from '../../../platform/http/idempotency.interceptor.js';
import type { Principal } from '../../../platform/http/principal.js';
import { SessionDto } from '../dto/session.dto.js';
import { ExportSessionQuery, ImportSessionDto } from '../dto/transfer.dto.js';
import type { SessionAccess } from '../session-access.service.js';
import { CurrentSession, SessionRight } from '../session.guard.js';
import { SessionPresenter } from '../session.presenter.js';
import { SessionExport } from './session-export.service.js';
import { SessionImport } from './session-import.service.js';

const MEDIA_TYPES = { json: 'application/json', md: 'text/markdown' } as const;
const FILE = { schema: { type: 'string', format: 'binary' } } as const;
const FILES = { [MEDIA_TYPES.json]: FILE, [MEDIA_TYPES.md]: FILE };

@ApiTags('Sessions')
@Controller('sessions')
export class TransferController {
  private readonly logger = new Logger(TransferController.name);

  constructor(
    private readonly exporting: SessionExport,
    private readonly importing: SessionImport,
    private readonly presenter: SessionPresenter,
  ) {}

  @Access({ scope: 'read' })
  @SessionRight('owner', { archived: 'allowed' })
  @Get(':id/export')
  @ApiOkResponse({ description: 'As `format` says', content: FILES })
  @Endpoint({ summary: 'The whole session as a file', produces: MEDIA_TYPES.json })
  async exportSession(
    @CurrentSession() session: SessionAccess,
    @Query() { format }: ExportSessionQuery,
    @Res() res: Response,
  ): Promise<void> {
    const parts = await this.exporting.open(session, format);
    res.set({
      'Content-Type': `${MEDIA_TYPES[format]}; charset=utf-8`,
      'Content-Disposition': `attachment; filename="session-${session.id}.${format}"`,
    });
    try {
      await pipeline(Readable.from(parts), res);
    } catch (error) {
      // The answer has begun, so the broken transfer itself has to tell the client.
      this.logger.warn({ message: 'session export ended early', sessionId: session.id, error });
    }
  }

  @Access({ scope: 'write' })
  @Post('import')
  @Idempotent()
  @Endpoint({
    summary: 'Brings an exported session in as a new one',
    status: 201,
    type: SessionDto,
    errors: [409, 413, 502, 503, 504],
  })
  async importSession(
    @CurrentPrincipal() principal: Principal,
    @Body() document: ImportSessionDto,
  ): Promise<SessionDto> {
    const id = await this.importing.run(principal, document);
    return this.presenter.one(principal.userId, id);
  }
}
