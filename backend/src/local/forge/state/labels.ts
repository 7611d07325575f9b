import type { Database } from './database.js';

export interface Label {
  readonly id: number;
  readonly name: string;
  readonly color: string;
  readonly description: string | null;
  /** 1 for one of those that every new repository gets. */
  readonly standard: number;
}

/** The labels that GitHub gives every new repository. */
const STANDARD: readonly (readonly [name: string, color: string, description: string])[] = [
  ['bug', 'd73a4a', "Something isn't working"],
  ['documentation', '0075ca', 'Improvements or additions to documentation'],
  ['duplicate', 'cfd3d7', 'This issue or pull request already exists'],
  ['enhancement', 'a2eeef', 'New feature or request'],
  ['good first issue', '7057ff', 'Good for newcomers'],
  ['help wanted', '008672', 'Extra attention is needed'],
  ['invalid', 'e4e669', "This doesn't seem right"],
  ['question', 'd876e3', 'Further information is requested'],
  ['wontfix', 'ffffff', 'This will not be worked on'],
];
const NEW_COLOR = 'ededed';
const COLUMNS = 'id, name, color, description, standard';

/** Labels of repositories. */
export class Labels {
  constructor(private readonly db: Database) {}

  list(repositoryId: number): Label[] {
    return this.db.all(`SELECT ${COLUMNS} FROM labels WHERE repository_id = :repositoryId ORDER BY name`, {
      repositoryId,
    });
  }

  addStandard(repositoryId: number): void {
    for (const [name, color, description] of STANDARD) this.insert(repositoryId, name, color, description, 1);
  }

  /** The label of this name, made when there is none: GitHub does so for labels that a new issue names. */
  ensure(repositoryId: number, name: string): Label {
    this.insert(repositoryId, name, NEW_COLOR, null, 0);
    const label = this.db.get<Label>(
      `SELECT ${COLUMNS} FROM labels WHERE repository_id = :repositoryId AND name = :name`,
      { repositoryId, name },
    );
    if (!label) throw new Error(`The label ${name} was not stored.`);
    return label;
  }

  private insert(repositoryId: number, name: string, color: string, description: string | null, standard: 0 | 1): void {
    this.db.run(
      `INSERT INTO labels (repository_id, name, color, description, standard)
       VALUES (:repositoryId, :name, :color, :description, :standard) ON CONFLICT DO NOTHING`,
      { repositoryId, name, color, description, standard },
    );
  }
}
