import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { listQuery, pageOf } from '../../../platform/http/pagination.js';
import { SESSION_ROLES } from '../entities/session-member.entity.js';

export const memberSchema = z
  .object({
    userId: z.uuid(),
    login: z.string(),
    name: z.string().nullable(),
    avatarUrl: z.string().nullable(),
    role: z.enum(SESSION_ROLES),
  })
  .meta({ id: 'Member' });

export class MemberDto extends createZodDto(memberSchema) {}
export class MemberPageDto extends createZodDto(pageOf(memberSchema).meta({ id: 'MemberPage' })) {}
export class ListMembersQuery extends createZodDto(z.object(listQuery)) {}

export class AddMemberDto extends createZodDto(
  z.strictObject({ userId: z.uuid(), role: z.enum(['editor', 'viewer']) }).meta({ id: 'AddMember' }),
) {}

export class UpdateMemberDto extends createZodDto(
  z
    .strictObject({
      role: z.enum(SESSION_ROLES).describe('`owner` hands the session over; the owner becomes an editor.'),
    })
    .meta({ id: 'UpdateMember' }),
) {}
