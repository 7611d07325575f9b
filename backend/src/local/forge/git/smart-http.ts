import type { Forge } from '../forge.js';
import type { Answer } from '../http/answer.js';
import type { Call } from '../http/call.js';
import { Refusal } from '../http/refusal.js';
import { GitAccess, type GitService, type GitVisit } from './git-access.js';
import { runBackend } from './http-backend.js';
import type { Pushes } from './pushes.js';

/** `/<owner>/<name>.git/…`, also without `.git`. */
const PATH = /^\/([\w-]+)\/([\w.-]+?)(?:\.git)?(\/(?:info\/refs|git-upload-pack|git-receive-pack))$/;
const SERVICES: readonly string[] = ['git-upload-pack', 'git-receive-pack'] satisfies GitService[];

/** Git over HTTP ("gitprotocol-http"), with GitHub's rules about who may do what. */
export class SmartHttp {
  private readonly access: GitAccess;

  constructor(
    forge: Forge,
    private readonly pushes: Pushes,
  ) {
    this.access = new GitAccess(forge);
  }

  serves({ path }: Call): boolean {
    return PATH.test(path);
  }

  /** @throws Refusal 401, 403, 404, 405 */
  async handle(call: Call): Promise<Answer> {
    const [, owner = '', name = '', path = ''] = PATH.exec(call.path) ?? [];
    const service = serviceOf(call, path);
    const visit = this.access.admit(call, owner, name, service);
    const answer = (): Promise<Answer> => this.answer(call, visit, path);
    return path === '/git-receive-pack' && visit.user
      ? this.pushes.during(visit.repository, visit.user, answer)
      : answer();
  }

  private answer(call: Call, { repository, user }: GitVisit, service: string): Promise<Answer> {
    const path = this.pushes.path(repository);
    return runBackend(call, { repository: path, service, ...(user ? { login: user.login } : {}) });
  }
}

function serviceOf({ method, query }: Call, path: string): GitService {
  const isRefs = path === '/info/refs';
  if (method !== (isRefs ? 'GET' : 'POST'))
    throw new Refusal(405, 'Method Not Allowed', {}, { allow: isRefs ? 'GET' : 'POST' });
  const service = isRefs ? query.get('service') : path.slice(1);
  if (service === null || !SERVICES.includes(service)) throw new Refusal(403, 'Please upgrade your git client.');
  return service as GitService;
}
