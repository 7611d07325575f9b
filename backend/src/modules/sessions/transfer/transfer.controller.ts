import { Body, Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Access, CurrentPrincipal } from '../../../platform/http/access.decorator.js';
import { sendDownload } from '../../../platform/http/download.js';
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
  constructor(
    private readonly exporting: SessionExport,
    private readonly importing: SessionImport,
    private readonly presenter: SessionPresenter,
  ) {}

  @Access({ scope: 'read' })
  @SessionRight('owner')
  @Get(':id/export')
  @ApiOkResponse({ description: 'As `format` says', content: FILES })
  @Endpoint({ summary: 'The whole session as a file', produces: MEDIA_TYPES.json })
  async exportSession(
    @CurrentSession() session: SessionAccess,
    @Query() { format }: ExportSessionQuery,
    @Req() req: Request,
    @Res() res: Response,
  ): Promise<void> {
    const parts = await this.exporting.open(session, format);
    await sendDownload(
      req,
      res,
      { mediaType: MEDIA_TYPES[format], fileName: `session-${session.id}.${format}` },
      parts,
    );
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
