/** A repository that every forge has, described so that it is the same everywhere. */
export interface SeedRepository {
  readonly owner: string;
  readonly name: string;
  readonly private: boolean;
  readonly archived: boolean;
  readonly description: string;
  readonly language: string | null;
  readonly stars: number;
  readonly createdAt: string;
  readonly pushedAt: string;
  /** Writes the objects into a bare repository. @returns its refs */
  readonly fill: (path: string) => ReadonlyMap<string, string>;
  readonly issues: readonly SeedIssue[];
}

export interface SeedIssue {
  readonly title: string;
  readonly body: string;
  readonly labels: readonly string[];
  readonly author: string;
  readonly at: string;
}
