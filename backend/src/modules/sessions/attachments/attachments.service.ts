import { Injectable } from '@nestjs/common';
import { fileTypeFromBuffer } from 'file-type';
import { sha256Hex } from '../../../platform/crypto/tokens.js';
import { newId } from '../../../platform/database/ids.js';
import { Transactions } from '../../../platform/database/transactions.js';
import { countTokensInTurns } from '../../../platform/llm/tokenizer.js';
import { stripInvisible } from '../../../platform/text/invisible.js';
import { AuditLog } from '../../audit/index.js';
import { type AttachmentDto, LARGEST_ATTACHMENT } from '../dto/attachment.dto.js';
import { AttachmentsRepository } from '../repositories/attachments.repository.js';
import { type SessionAccess, SessionAccessService } from '../session-access.service.js';
import { attachmentMissing, attachmentNotText, attachmentTooLarge, tooMany } from '../sessions.errors.js';

const MOST_ATTACHMENTS = 200;
const LONGEST_NAME = 255;

/** A file as it came in. */
export interface Upload {
  readonly originalname: string;
  readonly buffer: Buffer;
}

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  ...{ md: 'text/markdown', json: 'application/json', csv: 'text/csv', html: 'text/html', xml: 'application/xml' },
};

/** Texts that people upload into a session: logs, code, notes. */
@Injectable()
export class AttachmentsService {
  constructor(
    private readonly attachments: AttachmentsRepository,
    private readonly access: SessionAccessService,
    private readonly transactions: Transactions,
    private readonly audit: AuditLog,
  ) {}

  /** @throws DomainError `sessions.attachment-missing`, `-type`, `-size`, `sessions.too-many`. */
  async add(session: SessionAccess, upload: Upload | undefined): Promise<AttachmentDto> {
    if (!upload) throw attachmentMissing();
    const { id: sessionId, userId: createdBy } = session;
    const name = nameOf(upload);
    const content = await textOf(name, upload.buffer);
    if ((await this.attachments.count(sessionId)) >= MOST_ATTACHMENTS) throw tooMany('attachments', MOST_ATTACHMENTS);
    const id = newId();
    const createdAt = new Date();
    const mediaType = mediaTypeOf(name);
    const tokens = await countTokensInTurns(content);
    const { length: size } = upload.buffer;
    const row = { id, sessionId, createdBy, name, mediaType, size, content, createdAt };
    await this.transactions.run(async (tx) => {
      await this.attachments.insert(tx, { ...row, sha256: sha256Hex(upload.buffer) });
      await this.access.use(tx, sessionId);
      await this.audit.record(tx, {
        action: 'attachment.create',
        target: { type: 'attachment', id, name },
        result: 'ok',
        repository: `${session.owner}/${session.repo}`,
        details: { sessionId, size, type: mediaType },
      });
    });
    return { id, name, type: mediaType, size, tokens, createdAt: createdAt.toISOString() };
  }
}

/** Browsers send the name in UTF-8, which multer reads as latin1; paths are taken off. */
function nameOf({ originalname }: Upload): string {
  const decoded = Buffer.from(originalname, 'latin1').toString('utf8');
  const name = (decoded.includes('\uFFFD') ? originalname : decoded).split(/[\\/]/).at(-1) ?? '';
  return (
    stripInvisible(name)
      .replace(/\p{Cc}/gu, '')
      .trim()
      .slice(0, LONGEST_NAME) || 'file'
  );
}

/** What it is tells the content, never the name or the sender. */
async function textOf(name: string, content: Buffer): Promise<string> {
  if (content.length > LARGEST_ATTACHMENT) throw attachmentTooLarge(LARGEST_ATTACHMENT);
  const binary = await fileTypeFromBuffer(content);
  if ((binary && !binary.mime.endsWith('xml')) || content.includes(0)) throw attachmentNotText(name);
  try {
    return stripInvisible(new TextDecoder('utf-8', { fatal: true }).decode(content));
  } catch {
    throw attachmentNotText(name);
  }
}

function mediaTypeOf(name: string): string {
  return MEDIA_TYPES[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'text/plain';
}
