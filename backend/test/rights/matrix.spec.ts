import { type Stack, startApi, startStack, type TestApi } from '../support/index.js';
import { ask } from './ask.js';
import { RIGHTS, type Rule } from './contract.js';
import { type Contract, describedRoutes, describedStatuses, type Route, routesOf } from './route-table.js';
import { type Caller, makeWorld, type Standing, type World } from './world.js';

let stack: Stack;
let api: TestApi;
let world: World;
let contract: Contract;
let routes: readonly Route[];

beforeAll(async () => {
  stack = await startStack({ forge: true });
  api = await startApi(stack);
  world = await makeWorld(stack, api);
  contract = (await (await fetch(`${api.url}/api/openapi.json`)).json()) as Contract;
  routes = routesOf(api);
}, 300_000);
afterAll(() => stack.stop());

const EVERYBODY: readonly Standing[] = ['own', 'shared as viewer', 'foreign', 'missing'];
/** The finer shades are looked at as the member only. */
const SHADES: readonly Standing[] = [
  ...(['shared as editor', 'own, GitHub lets read only', 'own, GitHub hides it', 'own, archived'] as const),
];
const AT_ONCE = 8;
const ROLES = ['viewer', 'editor', 'owner'];

const refusedByRole = ({ roles }: Rule, { role = '' }: Caller): boolean => roles !== undefined && !roles.includes(role);

function refusedByScope({ scope, browserOnly }: Rule, { scopes }: Caller): boolean {
  if (!scopes) return false;
  const covers = scopes.includes(scope) || (scope === 'audit' && scopes.includes('admin'));
  return browserOnly === true || !covers;
}

/** What the contract has this caller answered: by the order of refusals, the first that applies. */
function expectedOf(rule: Rule, { caller, standing }: Cell): readonly number[] {
  if (rule.open) return rule.answers;
  if (caller.userId === undefined || caller.disabled) return [401];
  if (refusedByScope(rule, caller) || refusedByRole(rule, caller)) return [403];
  if (rule.object === undefined) return rule.answers;
  if (standing === 'missing') return [404];
  if (rule.object === 'user') return rule.answers;
  if (standing === 'foreign') return [404];
  if (rule.object !== 'session') return rule.answers;
  return inSession(rule, standing);
}

function inSession({ role = 'owner', github, answers, archived }: Rule, standing: Standing): readonly number[] {
  const has = standing === 'shared as viewer' ? 'viewer' : standing === 'shared as editor' ? 'editor' : 'owner';
  if (ROLES.indexOf(has) < ROLES.indexOf(role)) return [403];
  if (standing === 'own, GitHub hides it' && github !== 'none') return [404];
  if (standing === 'own, GitHub lets read only' && github === 'write') return [403];
  // A wrong request is refused for that; one without anything to be wrong, because of the archive.
  if (standing === 'own, archived' && !archived && !answers.some((status) => status >= 400)) return [409];
  return standing === 'own, archived' && !archived && answers.includes(409) ? [409] : answers;
}

interface Cell {
  readonly caller: Caller;
  readonly standing: Standing;
}

function cellsOf({ path }: Route, rule: Rule): Cell[] {
  if (!path.includes(':')) return world.callers.map((caller) => ({ caller, standing: 'own' }));
  const usual = world.callers.flatMap((caller) => EVERYBODY.map((standing) => ({ caller, standing })));
  const shades = SHADES.map((standing) => ({ caller: world.caller('member'), standing }));
  return [...usual, ...(rule.object === 'session' ? shades : [])].filter(
    ({ caller, standing }) => world.names(caller, standing, path) !== undefined,
  );
}

const isCarriedOut = (expected: readonly number[]): boolean => expected.some((status) => status < 400);

/** What is wrong with the answers, in sentences; nothing where they are as they should be. */
async function faultsOf(route: Route, rule: Rule): Promise<string[]> {
  const cells = cellsOf(route, rule);
  const changing = cells.filter((cell) => route.method !== 'GET' && isCarriedOut(expectedOf(rule, cell)));
  const rest = cells.filter((cell) => !changing.includes(cell));
  const faults: string[] = [];
  while (rest.length > 0) {
    const some = rest.splice(0, AT_ONCE).map((cell) => faultsIn(route, rule, cell));
    faults.push(...(await Promise.all(some)).flat());
  }
  // One after the other, each person on objects that nobody has changed yet.
  for (const cell of changing) {
    if (changed.has(cell.caller.userId)) await putBack();
    changed.add(cell.caller.userId);
    faults.push(...(await faultsIn(route, rule, cell)));
  }
  return faults;
}

const changed = new Set<string | undefined>();

async function putBack(): Promise<void> {
  if (changed.size > 0) await world.restore();
  changed.clear();
}

async function faultsIn(route: Route, rule: Rule, cell: Cell): Promise<string[]> {
  const { caller, standing } = cell;
  const expected = expectedOf(rule, cell);
  const names = world.names(caller, standing, route.path) ?? {};
  const { status, code = '', mediaType } = await ask(caller.client, route, names);
  const isProblem = mediaType === 'application/problem+json';
  return [
    ...(expected.includes(status) ? [] : [`${status} ${code}, not ${expected.join('/')}`]),
    ...(describedStatuses(contract, route).includes(status) ? [] : [`${status} is not described`]),
    ...(status >= 400 && status !== 503 && !isProblem ? [`${status} is no problem document`] : []),
  ].map((fault) => `${caller.name}, ${standing}: ${fault}`);
}

describe('the routes of the application', () => {
  it('are those of the table of rights and those of the OpenAPI document, all of them and no others', () => {
    const names = routes.map(({ name }) => name).sort();
    expect(Object.keys(RIGHTS).sort()).toEqual(names);
    expect(describedRoutes(contract).sort()).toEqual(names);
  });
});

describe('who may do what', () => {
  afterEach(putBack);

  it.each(Object.entries(RIGHTS))(
    '%s',
    async (name, rule) => {
      const route = routes.find((each) => each.name === name);
      if (!route) throw new Error(`${name} is not served`);
      expect(await faultsOf(route, rule)).toEqual([]);
    },
    60_000,
  );
});
