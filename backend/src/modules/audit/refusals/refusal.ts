/** A request that was turned away. */
export interface Refusal {
  /** As the router has it: `DELETE /api/sessions/:id`. */
  readonly route: string;
  /** The problem's code. */
  readonly code: string;
}

/** Action of the entries that tell of refusals. */
export const REFUSED = 'http.refused';
