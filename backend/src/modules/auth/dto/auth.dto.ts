import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { listQuery, pageOf } from '../../../platform/http/pagination.js';
import { ROLES, SCOPES } from '../../../platform/http/principal.js';

/** Lists without filters. */
export class PageQueryDto extends createZodDto(z.object(listQuery)) {}

export class SignInQueryDto extends createZodDto(
  z.object({
    login: z.string().optional().describe('The GitHub account to suggest'),
    returnTo: z.string().optional().describe('Path of our own to go to afterwards; anything else is ignored'),
  }),
) {}

export class GithubReturnQueryDto extends createZodDto(
  z.object({
    code: z.string().optional(),
    state: z.string().optional(),
    error: z.string().optional(),
  }),
) {}

export class MeDto extends createZodDto(
  z
    .object({
      id: z.uuid(),
      login: z.string(),
      name: z.string().nullable(),
      avatarUrl: z.string().nullable(),
      email: z.string().nullable(),
      role: z.enum(ROLES),
      createdAt: z.iso.datetime(),
      github: z.object({
        connected: z.boolean(),
        reconnectUrl: z.string().optional().describe('Where to connect GitHub again'),
      }),
    })
    .meta({ id: 'Me' }),
) {}

export class LoginPageDto extends createZodDto(
  pageOf(
    z
      .object({
        id: z.uuid(),
        current: z.boolean().describe('Whether this request was made with it'),
        ip: z.string().nullable(),
        userAgent: z.string().nullable(),
        createdAt: z.iso.datetime(),
        lastUsedAt: z.iso.datetime().describe('To the minute'),
        expiresAt: z.iso.datetime(),
      })
      .meta({ id: 'Login' }),
  ).meta({ id: 'LoginPage' }),
) {}

const tokenFields = {
  id: z.uuid(),
  name: z.string(),
  scopes: z.array(z.enum(SCOPES)),
  expiresAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
};

export class ApiTokenPageDto extends createZodDto(
  pageOf(z.object(tokenFields).meta({ id: 'ApiToken' })).meta({ id: 'ApiTokenPage' }),
) {}

export class CreatedApiTokenDto extends createZodDto(
  z
    .object({ ...tokenFields, token: z.string().describe('The secret; it is not shown again') })
    .meta({ id: 'CreatedApiToken' }),
) {}

const DAY_MS = 86_400_000;
const STANDARD_DAYS = 90;
const MOST_DAYS = 366;

const expiry = z.iso
  .datetime({ offset: true })
  .refine((text) => Date.parse(text) > Date.now(), 'must be in the future')
  .refine((text) => Date.parse(text) <= Date.now() + MOST_DAYS * DAY_MS, `must be within ${MOST_DAYS} days`);

export class CreateApiTokenDto extends createZodDto(
  z
    .object({
      name: z.string().trim().min(1).max(100),
      scopes: z
        .array(z.enum(SCOPES))
        .min(1)
        .max(SCOPES.length)
        .refine((scopes) => new Set(scopes).size === scopes.length, 'must not repeat a scope'),
      expiresAt: expiry.nullish().describe(`Within ${MOST_DAYS} days; without it, ${STANDARD_DAYS} days from now`),
    })
    .meta({ id: 'CreateApiToken' }),
) {}

/** When a token ends for which no time was given. */
export const standardExpiry = (): Date => new Date(Date.now() + STANDARD_DAYS * DAY_MS);
