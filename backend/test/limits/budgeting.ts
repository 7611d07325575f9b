import type { ApiClient, Reply } from '../support/index.js';
import { expected } from '../sessions/workspace.js';

export interface LimitView {
  readonly name: string;
  readonly limit: number | null;
  readonly used: number;
  readonly reserved: number;
  readonly resetsAt: string | null;
}

export interface AdminLimitView extends Omit<LimitView, 'used' | 'reserved'> {
  readonly scope: string;
  readonly user: { readonly id: string; readonly login: string } | null;
  readonly standard: number | null;
  readonly own: boolean;
  readonly used: number | null;
  readonly reserved: number | null;
}

export interface AdminLimitsView {
  readonly rates: readonly { readonly name: string; readonly perUser: number | null; readonly perAddress: number }[];
  readonly items: readonly AdminLimitView[];
}

export interface BudgetProblem {
  readonly code: string;
  readonly status: number;
  readonly detail: string;
  readonly budget?: {
    readonly name: string;
    readonly scope: string;
    readonly limit: number;
    readonly used: number;
    readonly reserved: number;
    readonly resetsAt: string;
  };
}

/** One of a person's limits, as they see it. */
export async function limitOf(client: ApiClient, name: string): Promise<LimitView> {
  const { items } = await expected(200, client.get<{ items: LimitView[] }>('/api/auth/limits'));
  const limit = items.find((item) => item.name === name);
  if (!limit) throw new Error(`there is no limit ${name}`);
  return limit;
}

export const idOf = async (client: ApiClient): Promise<string> =>
  (await expected(200, client.get<{ id: string }>('/api/auth/me'))).id;

export type Change = Readonly<Record<string, number | null | 'standard'>>;

/** As an administrator sets limits: of the deployment, of everyone, or of a user. */
export function setLimits(
  admin: ApiClient,
  whose: 'deployment' | 'everyone' | { readonly userId: string },
  change: Change,
): Promise<Reply<AdminLimitsView>> {
  const subject = typeof whose === 'string' ? { scope: whose } : { scope: 'user', ...whose };
  const limits = Object.entries(change).map(([name, limit]) => ({ name, limit }));
  return admin.patch<AdminLimitsView>('/api/admin/limits', { ...subject, limits });
}
