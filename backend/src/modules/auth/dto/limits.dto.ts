import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { BUDGET_SCOPES, BUDGETS_OF, COUNTED_BUDGETS, SPENDING_BUDGETS } from '../budgets/budget.types.js';
import { person } from './users.dto.js';

export class LimitsDto extends createZodDto(
  z
    .object({
      items: z.array(
        z
          .object({
            name: z.string().describe('A rate a minute, or a budget'),
            limit: z.number().nullable().describe('Null is unlimited'),
            used: z.number(),
            reserved: z.number().describe('What calls under way hold until it is known what they took'),
            resetsAt: z.iso
              .datetime()
              .nullable()
              .describe('Null for a rate of which nothing is used, and for a budget that does not end by itself'),
          })
          .meta({ id: 'Limit' }),
      ),
    })
    .meta({ id: 'Limits' }),
) {}

const budgetName = z.enum([...SPENDING_BUDGETS, ...COUNTED_BUDGETS]).meta({ id: 'BudgetName' });
const scope = z.enum(BUDGET_SCOPES).meta({ id: 'BudgetScope' });

const adminLimit = z
  .object({
    scope,
    user: person.nullable().describe('Whose it is, with scope user'),
    name: budgetName,
    limit: z.number().nullable().describe('What applies; null is unlimited'),
    standard: z.number().nullable().describe('What applies without a setting of its own'),
    own: z.boolean().describe('Whether an administrator has set it'),
    used: z.number().nullable().describe('Null with scope everyone'),
    reserved: z.number().nullable(),
    resetsAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'AdminLimit' });

const rate = z
  .object({
    name: z.string(),
    perUser: z.int().nullable().describe('Requests a minute; null where users are not known yet'),
    perAddress: z.int(),
  })
  .meta({ id: 'RateLimit' });

const adminLimits = z
  .object({ rates: z.array(rate).describe('Set by the environment'), items: z.array(adminLimit) })
  .meta({ id: 'AdminLimits' });

export type AdminLimit = z.output<typeof adminLimit>;
export type AdminLimits = z.output<typeof adminLimits>;

export class AdminLimitsDto extends createZodDto(adminLimits) {}

export class AdminLimitsQueryDto extends createZodDto(
  z.object({ userId: z.uuid().optional().describe('The limits of this user only') }),
) {}

const change = z
  .object({
    name: budgetName,
    limit: z
      .union([z.number().min(0).max(1e12), z.literal('standard')])
      .nullable()
      .describe('Null is unlimited; `standard` takes the own setting away'),
  })
  .meta({ id: 'LimitChange' });

const isCount = (name: string): boolean => (COUNTED_BUDGETS as readonly string[]).includes(name);

export class UpdateLimitsDto extends createZodDto(
  z
    .object({ scope, userId: z.uuid().optional(), limits: z.array(change).min(1).max(3) })
    .superRefine(({ scope: of, userId, limits }, context) => {
      const refuse = (path: (string | number)[], message: string): void =>
        context.addIssue({ code: 'custom', path, message });
      if ((of === 'user') !== (userId !== undefined)) refuse(['userId'], 'goes with the scope user, and only with it');
      limits.forEach(({ name, limit }, n) => {
        if (!BUDGETS_OF[of].includes(name)) refuse(['limits', n, 'name'], `is no limit of the scope ${of}`);
        if (
          isCount(name) &&
          (limit === null || (typeof limit === 'number' && (!Number.isInteger(limit) || limit > 1_000)))
        ) {
          refuse(['limits', n, 'limit'], 'must be a whole number of at most 1000, or standard');
        }
      });
    })
    .meta({ id: 'UpdateLimits' }),
) {}
