export * from './generated/index.js';
export { client } from './generated/client.gen.js';
export { type Client, createClient, createConfig } from './generated/client/index.js';
export { streamAuditVerification } from './audit-verification.js';
export { streamSolveEvents } from './solve-events.js';
export { type ServerEvent, type StreamOptions, events } from './events.js';
