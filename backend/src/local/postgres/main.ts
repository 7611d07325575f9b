import { runChild } from '../support/child.js';
import { startPostgres } from './server.js';

const [folder = '.yudai/postgres', port = '0'] = process.argv.slice(2);
await runChild('postgres', () => startPostgres({ folder, port: Number(port) }));
