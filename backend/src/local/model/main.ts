import { LocalServerError, runChild } from '../support/child.js';
import { startModel } from './server.js';

const [port = '0'] = process.argv.slice(2);

await runChild('model', () => {
  const apiKey = process.env['LLM_API_KEY'];
  if (!apiKey) throw new LocalServerError('The local model needs the key it is to accept in LLM_API_KEY.');
  return startModel({ port: Number(port), apiKey });
});
