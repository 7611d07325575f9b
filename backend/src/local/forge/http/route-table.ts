export interface Match<T> {
  readonly route: string;
  readonly target: T;
  /** Decoded. */
  readonly parameters: Readonly<Record<string, string>>;
}

interface Entry<T> {
  readonly method: string;
  readonly pattern: RegExp;
  readonly route: string;
  readonly target: T;
}

/** Finds what serves a request, by routes in the form of OpenAPI: `GET /repos/{owner}/{repo}`. */
export class RouteTable<T> {
  private readonly entries: readonly Entry<T>[];

  constructor(targets: Readonly<Record<string, T>>) {
    this.entries = Object.entries(targets).map(([route, target]) => {
      const [method = '', path = ''] = route.split(' ');
      return { method, pattern: patternOf(path), route, target };
    });
  }

  get routes(): string[] {
    return this.entries.map(({ route }) => route);
  }

  find(method: string, path: string): Match<T> | undefined {
    for (const { pattern, route, target, ...entry } of this.entries) {
      const found = entry.method === method ? pattern.exec(path) : null;
      const parameters = found && decoded(found.groups ?? {});
      if (parameters) return { route, target, parameters };
    }
    return undefined;
  }
}

/** A branch may have slashes in its name, as a file's path has, and GitHub takes them unescaped. */
function patternOf(path: string): RegExp {
  const source = path
    .replace(/[.]/g, '\\.')
    .replace(/\{(branch|path)\}$/, '(?<$1>.+)')
    .replace(/\{(\w+)\}/g, '(?<$1>[^/]+)');
  return new RegExp(`^${source}/?$`);
}

function decoded(groups: Readonly<Record<string, string>>): Record<string, string> | undefined {
  try {
    return Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, decodeURIComponent(value)]));
  } catch {
    return undefined;
  }
}
