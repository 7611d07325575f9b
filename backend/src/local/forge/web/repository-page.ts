import type { Forge } from '../forge.js';
import type { Answer } from '../http/answer.js';
import { type Html, html, page } from '../http/html.js';
import type { Issue } from '../state/issues.js';
import type { Accessible } from '../state/repositories.js';

/** A repository: where to clone it, its branches, its issues and pull requests. */
export async function repositoryPage(forge: Forge, repository: Accessible): Promise<Answer> {
  const { owner, name, description } = repository;
  const branches = await forge.storage.repository(repository).branches();
  const all = forge.state.issues.list({ repositoryId: repository.id, state: 'all' });
  const title = `${owner}/${name}`;
  const content = html`<h1>${title}</h1>
    <p>${description ?? ''}</p>
    <pre>git clone ${forge.links.repository(repository)}.git</pre>
    <h2>Branches</h2>
    <ul>
      ${branches.map((branch) => html`<li>${branch.name} <code class="note">${branch.sha.slice(0, 12)}</code></li>`)}
    </ul>
    <h2>Pull requests</h2>
    ${list(
      repository,
      all.filter(({ isPull }) => isPull),
    )}
    <h2>Issues</h2>
    ${list(
      repository,
      all.filter(({ isPull }) => !isPull),
    )}`;
  return page(200, title, content);
}

function list({ owner, name }: Accessible, issues: readonly Issue[]): Html {
  if (issues.length === 0) return html`<p class="note">None.</p>`;
  const items = issues.map(({ number, title, state, isPull }) => {
    const target = `/${owner}/${name}/${isPull ? 'pull' : 'issues'}/${number}`;
    return html`<li><a href="${target}">#${number} ${title}</a> <span class="note">${state}</span></li>`;
  });
  return html`<ul>
    ${items}
  </ul>`;
}
