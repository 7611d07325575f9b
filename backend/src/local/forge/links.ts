/** Addresses of what the forge serves. GITHUB_URL is `web`, GITHUB_API_URL is `api`. */
export class Links {
  readonly api: string;

  constructor(readonly web: string) {
    this.api = `${web}/api`;
  }

  account(login: string): string {
    return `${this.web}/${login}`;
  }

  repository({ owner, name }: { readonly owner: string; readonly name: string }): string {
    return `${this.web}/${owner}/${name}`;
  }

  repositoryApi({ owner, name }: { readonly owner: string; readonly name: string }): string {
    return `${this.api}/repos/${owner}/${name}`;
  }
}
