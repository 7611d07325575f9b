import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Access } from '../../platform/http/access.decorator.js';
import { sendDownload } from '../../platform/http/download.js';
import { Endpoint } from '../../platform/http/endpoint.decorator.js';
import { AuditService } from './audit.service.js';
import { AuditExportQueryDto, AuditPageDto, AuditQueryDto, AuditVerificationDto } from './dto/audit.dto.js';
import { sendVerdict, streamVerdict } from './verification/send-verification.js';
import { Verifications } from './verification/verifications.js';

const EVENTS = 'text/event-stream';
const MEDIA_TYPES = { ndjson: 'application/x-ndjson', csv: 'text/csv' } as const;

const TEXT = { schema: { type: 'string' } } as const;
const EXPORT = { [MEDIA_TYPES.ndjson]: TEXT, [MEDIA_TYPES.csv]: TEXT };

@ApiTags('Audit')
@Access({ scope: 'audit', roles: ['admin', 'auditor'] })
@Controller('audit')
export class AuditController {
  constructor(
    private readonly service: AuditService,
    private readonly verifications: Verifications,
  ) {}

  @Get('entries')
  @Endpoint({ summary: 'Who did what, newest first', type: AuditPageDto })
  listAuditEntries(@Query() { cursor, before, limit, ...filter }: AuditQueryDto): Promise<AuditPageDto> {
    return this.service.list(filter, { cursor, before }, limit);
  }

  @Get('export')
  @ApiOkResponse({ description: 'As `format` says', content: EXPORT })
  @Endpoint({ summary: 'The whole trail, or what the filters leave of it, as text', produces: MEDIA_TYPES.ndjson })
  async exportAudit(
    @Query() { format, ...filter }: AuditExportQueryDto,
    @Req() req: Request,
    @Res() res: Response,
  ): Promise<void> {
    const parts = await this.service.export(filter, format);
    await sendDownload(req, res, { mediaType: MEDIA_TYPES[format], fileName: `audit.${format}` }, parts);
  }

  @Get('verify')
  @Endpoint({
    summary: 'Recompute the chain and name the first entry that does not fit; as a stream, with its progress',
    type: AuditVerificationDto,
    produces: EVENTS,
  })
  async verifyAudit(@Req() req: Request, @Res() res: Response): Promise<void> {
    const send = req.accepts(['application/json', EVENTS]) === EVENTS ? streamVerdict : sendVerdict;
    await send(req, res, (signal) => this.verifications.follow(signal));
  }
}
