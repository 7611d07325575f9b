/** A refusal in the form of OpenAI's error objects. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly details: { readonly type?: string; readonly code?: string; readonly param?: string } = {},
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }

  get body(): unknown {
    const { type = 'invalid_request_error', code = null, param = null } = this.details;
    return { error: { message: this.message, type, param, code } };
  }
}
