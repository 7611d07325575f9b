import type { Forge } from '../forge.js';
import type { Answer } from '../http/answer.js';
import { html, page } from '../http/html.js';
import type { Accessible } from '../state/repositories.js';
import { issueHead } from './issue-page.js';

const MOST_COMMITS = 100;
const LARGEST_PATCH = 512 * 1024;

/** A pull request with its commits and its patch. */
export async function pullPage(forge: Forge, repository: Accessible, number: number): Promise<Answer | undefined> {
  const { issues, pulls } = forge.state;
  const pull = Number.isSafeInteger(number) ? pulls.find(repository.id, number) : undefined;
  const issue = pull && issues.find(repository.id, number);
  if (!issue) return undefined;
  const bare = forge.storage.repository(repository);
  const commits = await bare.between(pull.baseSha, pull.headSha, MOST_COMMITS);
  const patch = await bare.patch(pull.baseSha, pull.headSha, LARGEST_PATCH);
  const items = commits.map(
    ({ sha, message }) => html`<li><code>${sha.slice(0, 12)}</code> ${message.split('\n')[0] ?? ''}</li>`,
  );
  const content = html`${issueHead(forge, repository, issue)}
    <p>From <strong>${pull.headRef}</strong> into <strong>${pull.baseRef}</strong>${pull.draft ? ', a draft' : ''}</p>
    <h2>Commits</h2>
    <ul>
      ${items}
    </ul>
    <h2>Changes</h2>
    <pre>${patch ?? 'The patch is too large to be shown.'}</pre>`;
  return page(200, `${issue.title} · Pull request #${number} · ${repository.owner}/${repository.name}`, content);
}
