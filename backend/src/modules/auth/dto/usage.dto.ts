import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { person } from './users.dto.js';

const DAY_MS = 86_400_000;
const MOST_DAYS = 366;
const STANDARD_DAYS = 30;

const time = z.iso.datetime({ offset: true });

export class UsageQueryDto extends createZodDto(
  z
    .object({
      from: time.optional().describe(`Not before; without it, ${STANDARD_DAYS} days before the end`),
      to: time.optional().describe('Before this; without it, now'),
    })
    .transform(({ from, to }) => {
      const end = to === undefined ? Date.now() : Date.parse(to);
      return { from: new Date(from ?? end - STANDARD_DAYS * DAY_MS), to: new Date(end) };
    })
    .refine(({ from, to }) => from < to, { path: ['from'], message: 'must be before to' })
    .refine(({ from, to }) => Number(to) - Number(from) <= MOST_DAYS * DAY_MS, {
      path: ['from'],
      message: `must be within ${MOST_DAYS} days before to`,
    }),
) {}

const spent = {
  tokens: z.number().describe('Prompt and completion together'),
  costUsd: z.number().describe('0 where nobody knew the price'),
  calls: z.int().describe('Calls of the language model'),
  solves: z.int().describe('Solves that called it'),
};

const githubBudget = z
  .object({
    holder: z.enum(['user', 'installation']),
    id: z.string(),
    name: z.string().describe('Login, or the account of the installation'),
    resource: z.string(),
    limit: z.number(),
    remaining: z.number(),
    resetsAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'GithubBudget' });

const adminUsage = z
  .object({
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    total: z.object(spent).meta({ id: 'Spent' }),
    users: z
      .array(z.object({ user: person, ...spent }).meta({ id: 'UserUsage' }))
      .describe('The 200 dearest, the dearest first'),
    repositories: z
      .array(z.object({ repository: z.string().nullable(), ...spent }).meta({ id: 'RepositoryUsage' }))
      .describe('The 200 dearest, the dearest first'),
    days: z
      .array(z.object({ day: z.iso.date(), ...spent }).meta({ id: 'DayUsage' }))
      .describe('Those with use, in UTC'),
    github: z.array(githubBudget).describe('What is left of the budgets that GitHub gives, now'),
  })
  .meta({ id: 'AdminUsage' });

export type AdminUsage = z.output<typeof adminUsage>;

export class AdminUsageDto extends createZodDto(adminUsage) {}
