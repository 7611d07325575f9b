/** What a person wants done with one message. */
export type MessageWish =
  | { readonly kind: 'retry' | 'card' | 'draft' }
  | { readonly kind: 'edit'; readonly text: string }
  | { readonly kind: 'branch'; readonly messageId: string };
