import { Controller, Post, UploadedFile, UseInterceptors } from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import { Access } from '../../../platform/http/access.decorator.js';
import { Endpoint } from '../../../platform/http/endpoint.decorator.js';
import { Idempotent } from '../../../platform/http/idempotency.interceptor.js';
import { Consumes } from '../../../platform/http/json-only.interceptor.js';
import { AttachmentDto, LARGEST_ATTACHMENT } from '../dto/attachment.dto.js';
import type { SessionAccess } from '../session-access.service.js';
import { CurrentSession, SessionRight } from '../session.guard.js';
import { AttachmentsService, type Upload } from './attachments.service.js';
import { UploadDigestInterceptor } from './upload-digest.interceptor.js';

const FILE_BODY = {
  schema: { type: 'object', required: ['file'], properties: { file: { type: 'string', format: 'binary' } } },
};
/** A byte too many is read, so that "too large" is our own answer. */
const UPLOAD_LIMITS = { fileSize: LARGEST_ATTACHMENT + 1, files: 1, fields: 0, parts: 2, headerPairs: 20 };

@ApiTags('Sessions')
@Controller('sessions/:id/attachments')
export class AttachmentsController {
  constructor(private readonly attachments: AttachmentsService) {}

  @Access({ scope: 'write' })
  @SessionRight('editor')
  @Post()
  @Consumes('multipart/form-data')
  @Idempotent()
  @UseInterceptors(FileInterceptor('file', { limits: UPLOAD_LIMITS }), UploadDigestInterceptor)
  @ApiBody(FILE_BODY)
  @Endpoint({ summary: 'Uploads a text', status: 201, type: AttachmentDto, errors: [409, 413, 415] })
  createAttachment(
    @CurrentSession() session: SessionAccess,
    @UploadedFile() file: Upload | undefined,
  ): Promise<AttachmentDto> {
    return this.attachments.add(session, file);
  }
}
