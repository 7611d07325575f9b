/** A stretch of rendered Markdown: safe HTML, or a code block that is drawn by its own part. */
export type MarkdownSegment =
  | { readonly kind: 'html'; readonly html: string }
  | { readonly kind: 'code'; readonly code: string; readonly language: string };
