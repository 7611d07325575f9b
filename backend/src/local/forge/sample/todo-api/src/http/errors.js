/** A failure that the client is told about. */
export class HttpError extends Error {
  constructor(status, code, message, { fields, headers } = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.fields = fields;
    this.headers = headers;
  }
}

export const notFound = (message) => new HttpError(404, 'not-found', message);

export const invalid = (fields) => new HttpError(422, 'invalid', 'Some fields cannot be used.', { fields });

export const tooManyRequests = (seconds) =>
  new HttpError(429, 'too-many-requests', 'Slow down, please.', { headers: { 'retry-after': String(seconds) } });

/** Any error as an answer; what is not an HttpError is our own fault and says nothing about our inside. */
export function toResponse(error) {
  if (!(error instanceof HttpError)) {
    return { status: 500, headers: {}, body: { error: { code: 'internal', message: 'Something went wrong.' } } };
  }
  const { status, code, message, fields, headers = {} } = error;
  return { status, headers, body: { error: { code, message, ...(fields ? { fields } : {}) } } };
}
