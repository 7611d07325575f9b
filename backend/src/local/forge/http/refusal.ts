const DOCUMENTATION = 'https://docs.github.com/rest';

/** One reason of a 422, as GitHub names them ("Troubleshooting the REST API: validation failed"). */
export interface FieldError {
  readonly resource: string;
  readonly field: string;
  readonly code: 'missing' | 'missing_field' | 'invalid' | 'already_exists' | 'unprocessable' | 'custom';
  readonly message?: string;
}

/** An answer that says no, in the form of GitHub's error objects. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly details: { readonly errors?: readonly FieldError[]; readonly documentation?: string } = {},
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.name = 'Refusal';
  }

  get body(): object {
    const { errors, documentation = DOCUMENTATION } = this.details;
    return {
      message: this.message,
      ...(errors ? { errors } : {}),
      documentation_url: documentation,
      status: String(this.status),
    };
  }
}

export const badCredentials = (): Refusal => new Refusal(401, 'Bad credentials');
export const requiresAuthentication = (): Refusal => new Refusal(401, 'Requires authentication');
export const notFound = (): Refusal => new Refusal(404, 'Not Found');
export const forbidden = (message = 'Resource not accessible by integration'): Refusal => new Refusal(403, message);

/** 422 with its reasons. */
export function validationFailed(errors: readonly FieldError[]): Refusal {
  return new Refusal(422, 'Validation Failed', { errors });
}
