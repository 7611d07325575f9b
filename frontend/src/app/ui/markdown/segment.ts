/** A stretch of rendered Markdown: safe HTML, or a code block that is drawn by its own part. */
export type MarkdownSegment =
  | { readonly kind: 'html'; readonly html: string }
  | { readonly kind: 'code'; readonly code: string; readonly language: string };

/** Where cited lines are shown: from "path:12-30" to an address of our own. */
export type Places = ReadonlyMap<string, string>;
