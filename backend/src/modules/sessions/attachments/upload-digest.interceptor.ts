import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { Request } from 'express';
import type { Observable } from 'rxjs';
import { sha256Hex } from '../../../platform/crypto/tokens.js';
import type { Upload } from './attachments.service.js';

/** Stands for the uploaded file as the request's body, so that a repeated request is known by what it carries. */
@Injectable()
export class UploadDigestInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const req = context.switchToHttp().getRequest<Request & { file?: Upload }>();
    if (req.file) req.body = { file: req.file.originalname, sha256: sha256Hex(req.file.buffer) };
    return next.handle();
  }
}
