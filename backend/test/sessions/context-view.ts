/** What `GET /api/sessions/{id}/context` says of one part of the next prompt. */
export interface Part {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly tokens: number;
  readonly pinned: boolean;
  readonly state: string;
  readonly reason?: string;
  readonly text?: string;
  readonly stands?: {
    readonly count: number;
    readonly messages: readonly { id: string; role: string; title: string }[];
  };
}

export interface ContextView {
  readonly parts: readonly Part[];
  readonly budget: number;
  readonly used: number;
  readonly reserved: number;
  readonly refusal: string | null;
  readonly condensing: { readonly state: string } | null;
}
