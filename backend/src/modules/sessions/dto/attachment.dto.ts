import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

/** Bytes. */
export const LARGEST_ATTACHMENT = 512 * 1024;

export class AttachmentDto extends createZodDto(
  z
    .object({
      id: z.uuid(),
      name: z.string(),
      type: z.string().describe('Media type, from the content.'),
      size: z.int().describe('Bytes.'),
      tokens: z.int().nullable(),
      createdAt: z.iso.datetime(),
    })
    .meta({ id: 'Attachment' }),
) {}
