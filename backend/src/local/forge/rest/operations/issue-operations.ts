import { z } from 'zod';
import { timestamp } from '../../clock.js';
import type { Forge } from '../../forge.js';
import { json } from '../../http/answer.js';
import { type FieldError, notFound, validationFailed } from '../../http/refusal.js';
import type { IssueFilter } from '../../state/issues.js';
import type { Accessible } from '../../state/repositories.js';
import { type ApiCall, type Operations, readable, writable } from '../api-call.js';
import { paged } from '../pagination.js';
import { presentIssue } from '../present/issue.js';
import { textErrors } from '../text-limits.js';

/** The parts of a new issue that matter here; what else there is has been validated by GitHub's description. */
const newIssue = z.object({
  title: z.union([z.string(), z.number()]).transform(String),
  body: z.string().nullish(),
  assignee: z.string().nullish(),
  assignees: z.array(z.string()).default([]),
  labels: z
    .array(z.union([z.string(), z.object({ name: z.string() }).transform(({ name }) => name)]))
    .max(100)
    .default([]),
  milestone: z.unknown().optional(),
});

/** Issues of a repository. */
export function issueOperations(forge: Forge): Operations {
  const { state, links, events } = forge;
  return {
    'GET /repos/{owner}/{repo}/issues': (call) => {
      const repository = readable(forge, call);
      const found = state.issues.list(filterOf(call, repository));
      return paged(links, call, found, (issue) => presentIssue(forge, repository, issue));
    },

    'GET /repos/{owner}/{repo}/issues/{issue_number}': (call) => {
      const repository = readable(forge, call);
      const issue = state.issues.find(repository.id, Number(call.path['issue_number']));
      if (!issue) throw notFound();
      return json(200, presentIssue(forge, repository, issue));
    },

    'POST /repos/{owner}/{repo}/issues': (call) => {
      const repository = writable(forge, call);
      const input = newIssue.parse(call.body);
      const assignees = [...new Set([...input.assignees, ...(input.assignee ? [input.assignee] : [])])];
      refuse([
        ...textErrors('Issue', input),
        ...milestoneErrors(input),
        ...assigneeErrors(forge, repository, assignees),
      ]);
      const issue = state.db.transaction(() =>
        state.issues.create({
          repositoryId: repository.id,
          title: input.title,
          body: input.body ?? null,
          authorId: call.user.id,
          at: timestamp(),
          labelIds: input.labels.map((name) => state.labels.ensure(repository.id, name).id),
          assigneeIds: assignees.map((login) => state.accounts.byLogin(login)?.id ?? 0),
        }),
      );
      events.issueOpened(repository, issue, call.user);
      const presented = presentIssue(forge, repository, issue);
      return json(201, presented, { location: `${links.repositoryApi(repository)}/issues/${issue.number}` });
    },
  };
}

function filterOf({ query }: ApiCall, { id }: Accessible): IssueFilter {
  const text = (name: string): string | undefined => (typeof query[name] === 'string' ? query[name] : undefined);
  const [since, creator, assignee, labels] = [text('since'), text('creator'), text('assignee'), text('labels')];
  return {
    repositoryId: id,
    state: query['state'] as 'open',
    sort: query['sort'] as 'created',
    direction: query['direction'] as 'desc',
    ...(since ? { since: timestamp(new Date(since)) } : {}),
    ...(creator ? { creator } : {}),
    ...(assignee ? { assignee } : {}),
    ...(labels ? { labels: labels.split(',').filter(Boolean) } : {}),
  };
}

function milestoneErrors({ milestone }: z.output<typeof newIssue>): FieldError[] {
  if (milestone === undefined || milestone === null) return [];
  return [{ resource: 'Issue', field: 'milestone', code: 'invalid' }];
}

function assigneeErrors({ state }: Forge, repository: Accessible, assignees: readonly string[]): FieldError[] {
  const known = new Set(state.repositories.people(repository).map(({ login }) => login.toLowerCase()));
  const allKnown = assignees.every((login) => known.has(login.toLowerCase()));
  return allKnown ? [] : [{ resource: 'Issue', field: 'assignees', code: 'invalid' }];
}

function refuse(errors: readonly FieldError[]): void {
  if (errors.length > 0) throw validationFailed(errors);
}
