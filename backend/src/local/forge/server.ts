import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Started } from '../support/child.js';
import { makeDataFolder } from '../support/data-folder.js';
import { lockFolder } from '../support/folder-lock.js';
import { HOST, listen } from '../support/listen.js';
import { Faults } from './control/faults.js';
import { ControlEndpoint } from './control/control-endpoint.js';
import { Ledger } from './control/ledger.js';
import { RepositoryControl } from './control/repository-control.js';
import type { Forge } from './forge.js';
import { checkGit } from './git/check-git.js';
import { Pushes } from './git/pushes.js';
import { SmartHttp } from './git/smart-http.js';
import { Storage } from './git/storage.js';
import { Dispatcher } from './http/dispatcher.js';
import { Links } from './links.js';
import { AccessTokenEndpoint } from './oauth/access-token.js';
import { AuthorizeEndpoint } from './oauth/authorize.js';
import { serveNamed } from './named/serve-named.js';
import type { ForgeOptions } from './options.js';
import { RestApi } from './rest/rest-api.js';
import { seedAccounts } from './seed/ownership.js';
import { plant } from './seed/plant.js';
import { services } from './seed/services.js';
import { todoApi } from './seed/todo-api.js';
import { openState, type State } from './state/state.js';
import { Deliveries } from './webhooks/deliveries.js';
import { Events } from './webhooks/events.js';
import { Pages } from './web/pages.js';

/**
 * Starts the local stand-in for GitHub on loopback.
 * @throws LocalServerError for a folder or a port in use, a missing git, and repositories that cannot be served
 */
export async function startForge(options: ForgeOptions): Promise<Started> {
  makeDataFolder(options.data);
  const release = lockFolder(join(options.data, 'forge.lock'), `The local forge's folder ${options.data}`);
  try {
    const [server] = await Promise.all([open(options.port), checkGit()]);
    return await serve(server, options, release);
  } catch (error) {
    release();
    throw error;
  }
}

async function serve(server: Server, options: ForgeOptions, release: () => void): Promise<Started> {
  const { port } = server.address() as AddressInfo;
  const state = openState(join(options.data, 'forge.sqlite'));
  const deliveries = new Deliveries(state.db, options.webhook);
  const close = async (): Promise<void> => {
    await closed(server);
    await deliveries.close();
    state.db.close();
    release();
  };
  try {
    const dispatcher = await assemble(options, port, state, deliveries);
    server.on('request', (req, res) => void dispatcher.serve(req, res));
    deliveries.resume();
    return { port, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function assemble(
  { data, client, repositories: named }: ForgeOptions,
  port: number,
  state: State,
  deliveries: Deliveries,
): Promise<Dispatcher> {
  const storage = new Storage(join(data, 'repositories'));
  const links = new Links(`http://${HOST}:${port}`);
  const [faults, ledger] = [new Faults(), new Ledger()];
  const events = new Events({ state, storage, links }, deliveries, ledger);
  const forge: Forge = { state, storage, links, events };
  seedAccounts(state);
  plant(state, storage, [todoApi(), ...services()]);
  await serveNamed({ state, storage }, named);
  const pushes = new Pushes(forge);
  const api = new RestApi(forge);
  const repositories = new RepositoryControl(forge, pushes);
  const operations = (): readonly string[] => api.operations;
  return new Dispatcher(faults, ledger, {
    control: new ControlEndpoint({ forge, faults, ledger, deliveries, repositories, operations }),
    api,
    git: new SmartHttp(forge, pushes),
    authorize: new AuthorizeEndpoint(forge, client.id),
    accessToken: new AccessTokenEndpoint(forge, client),
    pages: new Pages(forge),
  });
}

async function open(port: number): Promise<Server> {
  const server = createServer({ requestTimeout: 0, keepAliveTimeout: 30_000 });
  await listen(server, port, 'the local forge');
  return server;
}

function closed(server: Server): Promise<void> {
  const done = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  return done;
}
