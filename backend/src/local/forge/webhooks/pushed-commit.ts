import { timestamp } from '../clock.js';
import type { ChangedFiles, Commit, Signature } from '../git/bare-repository.js';
import type { Links } from '../links.js';
import type { Repository } from '../state/repositories.js';

/** A commit as a `push` event has it. */
export function presentPushedCommit(
  links: Links,
  repository: Repository,
  commit: Commit,
  files?: ChangedFiles,
): object {
  return {
    id: commit.sha,
    tree_id: commit.tree,
    distinct: true,
    message: commit.message,
    timestamp: timestamp(new Date(commit.committer.date)),
    url: `${links.repository(repository)}/commit/${commit.sha}`,
    author: presentPerson(commit.author),
    committer: presentPerson(commit.committer),
    added: files?.added ?? [],
    removed: files?.removed ?? [],
    modified: files?.modified ?? [],
  };
}

function presentPerson({ name, email }: Signature): object {
  return { name, email, username: name };
}
