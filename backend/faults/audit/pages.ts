import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { signIn, type Stack, startApi } from '../../test/support/index.js';
import { must, type Run } from '../promise.js';

/** Milliseconds that the database may take for a page. */
const MOST_MS = 500;
/** A text may stand anywhere, so that all is read where nothing has it. */
const MOST_MS_OF_TEXT = 15_000;

const FILTERS: readonly [what: string, query: string][] = [
  ['newest', ''],
  ['from the middle', 'before=500000'],
  ['somebody', 'actor=person-7'],
  ['nobody', 'actor=person-none'],
  ['an action', 'action=issue.publish'],
  ['a target', 'target=01900003-0000-7000-8000-000000000042'],
  ['a target that is not there', 'target=01900003-0000-7000-8000-999999999999'],
  ['a target by name', 'target=acme/repository-3'],
  ['a target type', 'target=login'],
  ['denied', 'result=denied'],
  ['errors', 'result=error'],
  ['the past', 'to=2025-01-02T00:00:00Z'],
  ['the place of a time', 'to=2025-03-01T00:00:00Z&limit=1'],
  ['an hour', 'from=2025-03-01T00:00:00Z&to=2025-03-01T01:00:00Z'],
  ['somebody in an hour', 'actor=person-7&from=2025-03-01T00:00:00Z&to=2025-03-01T01:00:00Z'],
  ['denied long ago', 'result=denied&to=2025-01-20T00:00:00Z'],
];

interface Statement {
  readonly query: string;
  readonly parameters: unknown[];
}

interface Plan {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly Plans?: Plan[];
}

/** The page that takes the database longest, as EXPLAIN ANALYZE says; none of them reads the whole table. */
export async function slowestPage(stack: Stack, at: Run): Promise<string> {
  const api = await startApi(stack);
  const auditor = await signIn(api, 'auditor');
  const heard = listen(api.get(DataSource));
  const planner = new Client({ connectionString: stack.databaseUrl });
  await planner.connect();
  try {
    const time = async (query: string): Promise<{ ms: number; scans: boolean }> => {
      heard.length = 0;
      const answer = await auditor.get(`/api/audit/entries?${query}`);
      must(answer.status === 200, `${query} was answered with ${answer.status}`);
      const page = heard.find((one) => one.query.includes('ORDER BY "e"."seq" DESC'));
      must(page !== undefined, `no page was read for ${query}`);
      return explain(planner, page);
    };
    let slowest = { what: '', ms: 0 };
    for (const [what, query] of FILTERS) {
      const { ms, scans } = await time(query);
      must(
        !scans && ms <= MOST_MS,
        `${what} (${query}) took ${ms.toFixed(0)} ms${scans ? ' and read the whole table' : ''}`,
      );
      if (ms > slowest.ms) slowest = { what, ms };
    }
    const { ms } = await time('query=nothing-has-this-text');
    must(ms <= MOST_MS_OF_TEXT, `a text that is nowhere took ${ms.toFixed(0)} ms`);
    const figure = `slowest of ${FILTERS.length} filtered pages ${slowest.ms.toFixed(0)} ms (${slowest.what}), a text that is nowhere ${ms.toFixed(0)} ms`;
    at.note(figure);
    return figure;
  } finally {
    await planner.end();
  }
}

async function explain(planner: Client, { query, parameters }: Statement): Promise<{ ms: number; scans: boolean }> {
  const { rows } = await planner.query<{ 'QUERY PLAN': [{ Plan: Plan; 'Execution Time': number }] }>(
    `EXPLAIN (ANALYZE, FORMAT JSON) ${query}`,
    parameters,
  );
  const plan = rows[0]?.['QUERY PLAN'][0];
  must(plan !== undefined, 'no plan');
  return { ms: plan['Execution Time'], scans: readsAll(plan.Plan) };
}

function readsAll(node: Plan): boolean {
  const isWhole = node['Node Type'] === 'Seq Scan' && node['Relation Name'] === 'audit_entries';
  return isWhole || (node.Plans ?? []).some(readsAll);
}

/** Every statement that an application sends from now on. */
function listen(source: DataSource): Statement[] {
  const heard: Statement[] = [];
  const silent = (): void => undefined;
  Object.assign(source, {
    logger: {
      logQuery: (query: string, parameters?: unknown[]) => void heard.push({ query, parameters: parameters ?? [] }),
      logQueryError: silent,
      logQuerySlow: silent,
      logSchemaBuild: silent,
      logMigration: silent,
      log: silent,
    },
  });
  return heard;
}
