import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { listQuery, pageOf } from '../../../platform/http/pagination.js';
import { ROLES } from '../../../platform/http/principal.js';
import type { User } from '../entities/user.entity.js';
import { avatarUrlOf } from '../users/avatar-url.js';

/** A user as everybody may see them. */
export const person = z
  .object({ id: z.uuid(), login: z.string(), name: z.string().nullable(), avatarUrl: z.string().nullable() })
  .meta({ id: 'Person' });

export class PeopleDto extends createZodDto(pageOf(person).meta({ id: 'People' })) {}

export class PeopleQueryDto extends createZodDto(z.object({ query: z.string().trim().max(100).default('') })) {}

const user = z
  .object({
    id: z.uuid(),
    githubId: z.string(),
    login: z.string(),
    name: z.string().nullable(),
    avatarUrl: z.string().nullable(),
    email: z.string().nullable(),
    role: z.enum(ROLES),
    disabled: z.boolean(),
    createdAt: z.iso.datetime(),
    lastSignInAt: z.iso.datetime(),
  })
  .meta({ id: 'User' });

export type UserView = z.output<typeof user>;

export class UserDto extends createZodDto(user) {}

export class UserPageDto extends createZodDto(pageOf(user).meta({ id: 'UserPage' })) {}

export class UsersQueryDto extends createZodDto(
  z.object({
    ...listQuery,
    query: z.string().trim().min(1).max(100).optional().describe('Part of the login or the name'),
    role: z.enum(ROLES).optional(),
  }),
) {}

export class UpdateUserDto extends createZodDto(
  z
    .object({ role: z.enum(ROLES).optional(), disabled: z.boolean().optional() })
    .refine(({ role, disabled }) => role !== undefined || disabled !== undefined, 'needs role or disabled')
    .meta({ id: 'UpdateUser' }),
) {}

/** A user as administrators see them. */
export function viewOfUser(entity: User): UserView {
  return {
    id: entity.id,
    githubId: entity.githubId,
    login: entity.login,
    name: entity.name,
    avatarUrl: avatarUrlOf(entity),
    email: entity.email,
    role: entity.role,
    disabled: entity.disabledAt !== null,
    createdAt: entity.createdAt.toISOString(),
    lastSignInAt: entity.lastSignInAt.toISOString(),
  };
}

/** A user as everybody may see them. */
export function viewOfPerson(user: User): z.output<typeof person> {
  return { id: user.id, login: user.login, name: user.name, avatarUrl: avatarUrlOf(user) };
}
