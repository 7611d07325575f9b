import type { Forge } from '../forge.js';
import { type Answer, empty } from '../http/answer.js';
import { type Html, html, page } from '../http/html.js';
import { authorOf } from '../rest/present/issue.js';
import type { Issue } from '../state/issues.js';
import type { Accessible } from '../state/repositories.js';

/** An issue; a pull request's number leads to its own page, as on GitHub. */
export function issuePage(forge: Forge, repository: Accessible, number: number): Answer | undefined {
  const issue = Number.isSafeInteger(number) ? forge.state.issues.find(repository.id, number) : undefined;
  if (!issue) return undefined;
  const { owner, name } = repository;
  if (issue.isPull) return empty(302, { location: `/${owner}/${name}/pull/${number}` });
  return page(200, `${issue.title} · Issue #${number} · ${owner}/${name}`, issueHead(forge, repository, issue));
}

/** What an issue and a pull request show alike. */
export function issueHead(forge: Forge, repository: Accessible, issue: Issue): Html {
  const { owner, name } = repository;
  const labels = forge.state.issues.labels(issue.id).map((label) => html`<span class="label">${label.name}</span>`);
  const assignees = forge.state.issues.assignees(issue.id).map(({ login }) => login);
  return html`<p><a href="/${owner}/${name}">${owner}/${name}</a></p>
    <h1>${issue.title} <span class="note">#${issue.number}</span></h1>
    <p class="note">
      ${issue.state} · by ${authorOf(forge, issue).login} ·
      <time datetime="${issue.createdAt}">${issue.createdAt.slice(0, 10)}</time>${
        assignees.length > 0 ? ` · assigned to ${assignees.join(', ')}` : ''
      }
    </p>
    <p>${labels}</p>
    <pre>${issue.body ?? ''}</pre>`;
}
