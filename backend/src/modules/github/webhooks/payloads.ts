import { z } from 'zod';

/** The parts of GitHub's payloads that are used here; everything else is let through unread. */
const id = z.int().positive().transform(String);

export const repositoryPart = z.object({
  id,
  name: z.string(),
  owner: z.object({ login: z.string() }),
  private: z.boolean(),
  archived: z.boolean().optional(),
  default_branch: z.string().nullish(),
});

export const pushPayload = z.object({
  ref: z.string(),
  after: z.string(),
  deleted: z.boolean().optional(),
  repository: z.object({ id }),
});

export const issuesPayload = z.object({
  repository: z.object({ id }),
  issue: z.object({
    id,
    number: z.int(),
    title: z.string(),
    state: z.string(),
    updated_at: z.iso.datetime({ offset: true }),
  }),
});

export const pullRequestPayload = z.object({
  repository: z.object({ id }),
  pull_request: z.object({ number: z.int(), state: z.string(), merged_at: z.string().nullish() }),
});

export const installationPayload = z.object({
  action: z.string(),
  installation: z.object({ id, account: z.object({ login: z.string() }), suspended_at: z.string().nullish() }),
  repositories_removed: z.array(z.object({ id })).optional(),
});

export const repositoryPayload = z.object({ action: z.string(), repository: repositoryPart });

export const memberPayload = z.object({ repository: z.object({ id }), member: z.object({ id }).nullish() });

export const organizationPayload = z.object({ organization: z.object({ login: z.string() }) });

export const senderPayload = z.object({ sender: z.object({ id }) });
