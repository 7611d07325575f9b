import type { Permission } from '../entities/repository-permission.entity.js';

/** The members of GitHub's repository objects that are used here. */
export interface RepositoryAnswer {
  readonly id: number;
  readonly name: string;
  readonly full_name: string;
  readonly owner: { readonly login: string };
  readonly private: boolean;
  readonly archived?: boolean;
  readonly default_branch?: string;
  readonly description?: string | null;
  readonly language?: string | null;
  readonly stargazers_count?: number;
  readonly open_issues_count?: number;
  readonly pushed_at?: string | null;
  readonly permissions?: {
    readonly admin?: boolean;
    readonly maintain?: boolean;
    readonly push?: boolean;
    readonly triage?: boolean;
    readonly pull?: boolean;
  };
}

/** GitHub's flags as one word; a public repository may be read by anybody. */
export function permissionOf({ permissions }: RepositoryAnswer): Permission {
  if (permissions?.admin) return 'admin';
  if (permissions?.maintain) return 'maintain';
  if (permissions?.push) return 'write';
  return permissions?.triage ? 'triage' : 'read';
}
