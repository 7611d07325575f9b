/** Writes one JSON object a line. */
export function createLog(stream, now = () => new Date()) {
  return (event, fields = {}) => {
    stream.write(`${JSON.stringify({ at: now().toISOString(), event, ...fields })}\n`);
  };
}
