/** Something that has a name, in the lines where it stands: a function, a class, a heading with what is under it. */
export interface Definition {
  readonly name: string;
  /** 0-based, both ends included. */
  readonly first: number;
  readonly last: number;
  /** What is defined inside, in order; none of them shares a line with another. */
  readonly children: readonly Definition[];
}

/** What a file is made of. */
export interface Outline {
  readonly definitions: readonly Definition[];
  /** Lines right above a definition that belong to it: comments, decorators, attributes. */
  readonly leading: RegExp;
  /** Prose is divided at its headings. */
  readonly prose: boolean;
}

export const LONGEST_NAME = 120;
