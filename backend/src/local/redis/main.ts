import { runChild } from '../support/child.js';
import { startRedis } from './server.js';

const [file = '.yudai/redis.snapshot', port = '0'] = process.argv.slice(2);
await runChild('redis', () => startRedis({ file, port: Number(port) }));
