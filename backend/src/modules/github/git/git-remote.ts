import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../../platform/config/config.js';
import { git, gitEnvironment, GitError } from '../../../platform/git/git.js';
import { GithubTokens } from '../../auth/index.js';
import { GithubWriteLog } from '../api/write-log.js';
import {
  branchNotFound,
  forbidden,
  githubFailed,
  githubUnavailable,
  reconnect,
  repositoryNotFound,
} from '../github.errors.js';
import { type RepositoryAccess, RepositoriesService } from '../repositories.service.js';
import { answerIn } from './curl-trace.js';

/** On whose behalf, and with which repository. */
export interface RemoteWish {
  readonly userId: string;
  readonly repositoryId: string;
  readonly branch: string;
  readonly signal?: AbortSignal;
}

/** What git is told to do in a mirror with the address of the repository on GitHub. */
type Command = (url: string) => readonly string[];

interface Remote {
  readonly access: RepositoryAccess;
  readonly url: string;
  readonly token: string;
  readonly environment: Record<string, string>;
}

const FETCH_SECONDS = 600;
const PUSH_SECONDS = 120;
const REDIRECTED = /returned error: 30[12378]/;
const UNAUTHENTICATED = /\b401\b|Authentication failed|could not read Username/i;

/**
 * git's conversations with GitHub, with the user's own token, which git gets in its environment: it stands in no URL,
 * argument or file. Nothing leads away from GITHUB_URL: no other protocol, no redirect, no helper that knows credentials.
 */
@Injectable()
export class GitRemote {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly repositories: RepositoriesService,
    private readonly tokens: GithubTokens,
    private readonly writes: GithubWriteLog,
  ) {}

  /** Reads from GitHub; begun once more where the token was renewed or the repository renamed in the meantime. */
  async fetch(wish: RemoteWish, command: Command): Promise<void> {
    const { userId, repositoryId, branch, signal } = wish;
    const remote = await this.remote(wish);
    const options = { seconds: FETCH_SECONDS, ...(signal ? { signal } : {}) };
    try {
      await git(command(remote.url), { ...options, env: remote.environment });
    } catch (error) {
      if (!(error instanceof GitError)) throw error;
      const isOutdated =
        (UNAUTHENTICATED.test(error.stderr) && (await this.tokens.afterRefusal(userId, remote.token)) !== null) ||
        (REDIRECTED.test(error.stderr) &&
          (await this.repositories.askAnew(userId, repositoryId)).fullName !== remote.access.fullName);
      if (!isOutdated) throw explain(error, branch);
      const now = await this.remote(wish);
      await git(command(now.url), { ...options, env: now.environment }).catch((again: unknown) => {
        throw explain(again, branch);
      });
    }
  }

  /** Writes to GitHub, once; on the audit trail like every call that writes. */
  async push(wish: RemoteWish, command: Command): Promise<void> {
    const { userId, branch, signal } = wish;
    const { access, url, token, environment } = await this.remote(wish);
    const trace = join(tmpdir(), `yudai-push-${randomUUID()}`);
    const env = { ...environment, GIT_TRACE_CURL: trace, GIT_TRACE_CURL_NO_DATA: '1' };
    const begun = performance.now();
    const [push] = await Promise.allSettled([
      git(command(url), { env, seconds: PUSH_SECONDS, ...(signal ? { signal } : {}) }),
    ]);
    const milliseconds = performance.now() - begun;
    const answer = await answerIn(trace);
    await rm(trace, { force: true });
    const isDone = push.status === 'fulfilled';
    await this.writes.record({ endpoint: 'git push', repository: access.fullName, isDone, answer, milliseconds });
    if (isDone) return;
    const error: unknown = push.reason;
    const isRenewed =
      error instanceof GitError &&
      UNAUTHENTICATED.test(error.stderr) &&
      (await this.tokens.afterRefusal(userId, token)) !== null;
    throw isRenewed ? githubUnavailable(error) : explain(error, branch);
  }

  private async remote({ userId, repositoryId }: RemoteWish): Promise<Remote> {
    const access = await this.repositories.accessById(userId, repositoryId);
    const token = await this.tokens.forUser(userId);
    const basic = Buffer.from(`x-access-token:${token}`).toString('base64');
    const { GITHUB_URL: base } = this.config;
    const environment = gitEnvironment({
      [`http.${base}/.extraHeader`]: `Authorization: Basic ${basic}`,
      'http.followRedirects': 'false',
      'http.lowSpeedLimit': '1000',
      'http.lowSpeedTime': '60',
      'credential.helper': '',
      'fetch.recurseSubmodules': 'false',
      'push.recurseSubmodules': 'no',
      'transfer.bundleURI': 'false',
    });
    const isolated = { ...environment, GIT_ALLOW_PROTOCOL: new URL(base).protocol.replace(':', '') };
    return { access, token, url: `${base}/${access.owner}/${access.name}.git`, environment: isolated };
  }
}

/** git says what went wrong on the other side in words only. */
function explain(error: unknown, branch: string): unknown {
  if (!(error instanceof GitError)) return error;
  if (/couldn't find remote ref|invalid refspec/i.test(error.stderr)) return branchNotFound(branch);
  if (UNAUTHENTICATED.test(error.stderr)) return reconnect(error);
  if (/\b403\b|denied|protected branch/i.test(error.stderr)) return forbidden(error);
  if (/\b404\b|not found/i.test(error.stderr)) return repositoryNotFound();
  return REDIRECTED.test(error.stderr) ? githubFailed(error) : githubUnavailable(error);
}
