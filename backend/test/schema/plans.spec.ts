import { Client } from 'pg';
import { DataSource, type Logger } from 'typeorm';
import {
  type ApiClient,
  onRealServers,
  signIn,
  type Stack,
  startApi,
  startStack,
  startWorker,
  type TestApi,
  waitFor,
} from '../support/index.js';
import { FIRST_SESSION, gather } from './crowd.js';

interface Statement {
  readonly query: string;
  readonly parameters: unknown[];
}

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly Plans?: PlanNode[];
}

/** Every statement that an application sends from now on. */
function listen(source: DataSource): Statement[] {
  const heard: Statement[] = [];
  const silent = (): void => undefined;
  const logger: Logger = {
    logQuery: (query, parameters) =>
      void heard.push({ query, parameters: Array.isArray(parameters) ? parameters : [] }),
    logQueryError: silent,
    logQuerySlow: silent,
    logSchemaBuild: silent,
    logMigration: silent,
    log: silent,
  };
  Object.assign(source, { logger });
  return heard;
}

const isRead = ({ query }: Statement): boolean => /^\s*(SELECT|WITH)\b/i.test(query);
const isDue = ({ query }: Statement): boolean => /run_after"? <= /.test(query);

onRealServers('with 100,000 messages in 1,000 sessions, an index answers', () => {
  let stack: Stack;
  let api: TestApi;
  let member: ApiClient;
  let admin: ApiClient;
  let heard: Statement[];
  let planner: Client;

  beforeAll(async () => {
    stack = await startStack({ forge: true, model: true });
    api = await startApi(stack);
    [member, admin] = await Promise.all([signIn(api, 'member'), signIn(api, 'admin')]);
    const { body } = await member.post<{ id: string }>('/api/sessions', { owner: 'acme', repo: 'todo-api' });
    const { body: me } = await member.get<{ id: string }>('/api/auth/me');
    await gather(stack, { sessionId: body.id, userId: me.id });
    heard = listen(api.get(DataSource));
    planner = new Client({ connectionString: stack.databaseUrl });
    await planner.connect();
    // A disk without a head, as servers have them; with the default a table of 1,000 rows is read as a whole.
    await planner.query('SET random_page_cost = 1.1');
  }, 300_000);
  afterAll(async () => {
    await planner.end();
    await stack.stop();
  });

  /** Tables of the crowd that a statement reads from end to end. */
  async function scanned({ query, parameters }: Statement): Promise<string[]> {
    const { rows } = await planner.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
      `EXPLAIN (FORMAT JSON) ${query}`,
      parameters,
    );
    const found: string[] = [];
    const look = (node: PlanNode): void => {
      const table = node['Relation Name'];
      if (node['Node Type'] === 'Seq Scan' && table !== undefined && CROWDED.has(table)) found.push(table);
      node.Plans?.forEach(look);
    };
    for (const row of rows) look(row['QUERY PLAN'][0].Plan);
    return found;
  }

  async function slowOnes(statements: readonly Statement[]): Promise<string[]> {
    const slow: string[] = [];
    for (const statement of statements) {
      const tables = await scanned(statement);
      if (tables.length > 0) slow.push(`${tables.join(', ')} by ${statement.query}`);
    }
    return slow;
  }

  const ofSession = `/api/sessions/${FIRST_SESSION}`;
  it.each([
    ['my sessions by last activity', '/api/sessions?limit=50'],
    ['the newest messages of a branch', `${ofSession}/messages?limit=50`],
    ['messages of a session that have a word', `${ofSession}/messages?query=word7&limit=50`],
    ['cards of a session', `${ofSession}/cards`],
    ['what the next prompt of a session holds', `${ofSession}/context`],
    ['issues of a session', `${ofSession}/issues`],
    ['solves of a session', `${ofSession}/solves`],
    ['files of a snapshot', `${ofSession}/files?limit=50`],
    ['files of a snapshot by name', `${ofSession}/files?query=file7&limit=50`],
    ['what is going on', '/api/activity'],
  ])('%s', async (_what, path) => {
    heard.length = 0;
    expect((await member.get(path)).status).toBe(200);
    const reads = heard.filter(isRead);
    expect(reads.length).toBeGreaterThan(1);
    expect(await slowOnes(reads)).toEqual([]);
  });

  it('chunks of the blobs of a snapshot', async () => {
    heard.length = 0;
    expect((await member.post(`${ofSession}/search`, { query: 'word7' })).status).toBe(200);
    const reads = heard.filter(isRead);
    expect(reads.some(({ query }) => query.includes('chunks'))).toBe(true);
    expect(await slowOnes(reads)).toEqual([]);
  });

  it.each([
    ['time', '?limit=50'],
    ['a span of time', `?from=${new Date(Date.now() - 86_400_000).toISOString()}&limit=50`],
    ['actor', '?actor=person3&limit=50'],
    ['action', '?action=action.7&limit=50'],
  ])('audit entries by %s', async (_what, query) => {
    heard.length = 0;
    expect((await admin.get(`/api/audit/entries${query}`)).status).toBe(200);
    expect(await slowOnes(heard.filter(isRead))).toEqual([]);
  });

  it('due jobs of every kind', async () => {
    const worker = await startWorker(stack);
    const asked = listen(worker.get(DataSource));
    const tables = [
      'outbox',
      'index_snapshots',
      'messages',
      'condensations',
      'issues',
      'publish_intents',
      'solves',
      'webhook_deliveries',
      'pull_requests',
      'evaluations',
    ];
    const asksFor = (table: string) =>
      asked.some((heardOne) => isDue(heardOne) && new RegExp(`FROM "?${table}\\b`).test(heardOne.query));
    await waitFor('each kind to be asked for', () => tables.every(asksFor));
    expect(await slowOnes(asked.filter(isDue))).toEqual([]);
  });
});

const CROWDED = new Set([
  'audit_entries',
  'blobs',
  'chunks',
  'context_cards',
  'issues',
  'message_citations',
  'messages',
  'outbox',
  'publish_intents',
  'pull_requests',
  'session_members',
  'sessions',
  'snapshot_files',
  'solve_events',
  'solves',
  'webhook_deliveries',
]);
