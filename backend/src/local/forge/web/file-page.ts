import type { Forge } from '../forge.js';
import type { Answer } from '../http/answer.js';
import { html, page } from '../http/html.js';
import type { Accessible } from '../state/repositories.js';

export interface FileAt {
  readonly commit: string;
  /** From the repository's root. */
  readonly path: string;
}

/** A file at a commit, its lines numbered, so that permanent links to code lead somewhere; undefined for what is no text. */
export async function filePage(forge: Forge, repository: Accessible, at: FileAt): Promise<Answer | undefined> {
  const bytes = await forge.storage.repository(repository).file(at.commit, at.path);
  if (!bytes || bytes.includes(0)) return undefined;
  const { owner, name } = repository;
  const lines = bytes.toString('utf8').replace(/\n$/, '').split('\n');
  const width = String(lines.length).length;
  const numbered = lines.map(
    (line, index) => html`<span id="L${index + 1}">${String(index + 1).padStart(width)} ${line}</span>`,
  );
  const content = html`<p><a href="/${owner}/${name}">${owner}/${name}</a></p>
    <h1>${at.path} <span class="note">at ${at.commit.slice(0, 12)}</span></h1>
    <pre>${numbered}</pre>`;
  return page(200, `${at.path} at ${at.commit.slice(0, 12)} · ${owner}/${name}`, content);
}
