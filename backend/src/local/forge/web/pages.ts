import type { Forge } from '../forge.js';
import { type Answer, empty } from '../http/answer.js';
import type { Call } from '../http/call.js';
import { html, page } from '../http/html.js';
import { RouteTable } from '../http/route-table.js';
import { sessionCookie, userOfBrowser } from '../oauth/web-session.js';
import { type Accessible, allows } from '../state/repositories.js';
import { avatar } from './avatar.js';
import { filePage } from './file-page.js';
import { issuePage } from './issue-page.js';
import { pullPage } from './pull-page.js';
import { repositoryPage } from './repository-page.js';

type Parameters = Readonly<Record<string, string>>;
type Handler = (call: Call, parameters: Parameters) => Answer | Promise<Answer>;
type Show = (
  forge: Forge,
  repository: Accessible,
  parameters: Parameters,
) => Answer | undefined | Promise<Answer | undefined>;

/** A place on this forge and nowhere else. */
const OWN_PATH = /^\/(?![/\\])[^\\\s]*$/;

/** Plain pages, so that the addresses in the API's answers lead somewhere. */
export class Pages {
  private readonly routes: RouteTable<Handler>;

  constructor(private readonly forge: Forge) {
    const repository =
      (show: Show): Handler =>
      (call, parameters) =>
        this.inRepository(call, parameters, show);
    this.routes = new RouteTable({
      'GET /': () =>
        page(
          200,
          'The local forge',
          html`<h1>The local forge</h1>
            <p>It stands in for GitHub on this machine.</p>`,
        ),
      'GET /login': (call) => this.signIn(call),
      'GET /avatars/u/{id}': (_call, { id = '' }) => avatar(forge.state.accounts.byId(Number(id))),
      'GET /{owner}/{repo}': repository(repositoryPage),
      'GET /{owner}/{repo}/issues': repository(repositoryPage),
      'GET /{owner}/{repo}/pulls': repository(repositoryPage),
      'GET /{owner}/{repo}/issues/{number}': repository((forge, at, { number }) =>
        issuePage(forge, at, Number(number)),
      ),
      'GET /{owner}/{repo}/pull/{number}': repository((forge, at, { number }) => pullPage(forge, at, Number(number))),
      'GET /{owner}/{repo}/blob/{commit}/{path}': repository((forge, at, { commit = '', path = '' }) =>
        filePage(forge, at, { commit, path }),
      ),
    });
  }

  async handle(call: Call): Promise<Answer> {
    const found = this.routes.find(call.method, call.path);
    return found ? found.target(call, found.parameters) : this.missing(call);
  }

  private async inRepository(call: Call, parameters: Parameters, show: Show): Promise<Answer> {
    const { owner = '', repo = '' } = parameters;
    const userId = userOfBrowser(call, this.forge.state);
    const repository = this.forge.state.repositories.find(owner, repo.replace(/\.git$/, ''), userId);
    if (!repository || !allows(repository.permission, 'read')) return this.missing(call);
    return (await show(this.forge, repository, parameters)) ?? this.missing(call);
  }

  /** `?login=` signs a browser in for these pages and sends it back to where it was. */
  private signIn({ query }: Call): Answer {
    const { accounts, grants } = this.forge.state;
    const user = accounts.byLogin(query.get('login') ?? '');
    const wanted = query.get('return_to') ?? '/';
    const location = OWN_PATH.test(wanted) ? wanted : '/';
    return empty(302, {
      location,
      ...(user?.type === 'User' ? { 'set-cookie': sessionCookie(grants.issueWeb(user.id)) } : {}),
    });
  }

  private missing({ path }: Call): Answer {
    const items = this.forge.state.accounts.users().map(({ login }) => {
      const target = `/login?${new URLSearchParams({ login, return_to: path }).toString()}`;
      return html`<li>
        <a class="account" href="${target}">Look again as <strong>${login}</strong></a>
      </li>`;
    });
    const content = html`<h1>Not found</h1>
      <p>There is no such page, or you may not see it.</p>
      <ul>
        ${items}
      </ul>`;
    return page(404, 'Not found', content);
  }
}
