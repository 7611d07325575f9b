import type { Pool, PoolClient } from 'pg';
import type { DataSource, Logger } from 'typeorm';

interface Statement {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/** What one connection was sent, in order. */
export type Conversation = readonly Statement[];

/** The statements that the product sends while it works; a transaction's are one conversation. */
export async function statementsOf(source: DataSource, work: () => Promise<unknown>): Promise<Conversation[]> {
  const sent = new Map<unknown, Statement[]>();
  const usual = source.logger;
  const listening: Pick<Logger, 'logQuery'> = {
    logQuery: (sql, parameters: unknown, runner) => {
      const conversation = sent.get(runner) ?? [];
      sent.set(runner, [...conversation, { sql, parameters: Array.isArray(parameters) ? parameters : [] }]);
    },
  };
  const logger = Object.assign(Object.create(usual) as Logger, listening);
  Object.assign(source, { logger });
  try {
    await work();
  } finally {
    Object.assign(source, { logger: usual });
  }
  return [...sent.values()];
}

/** Sends them again, those of different connections at once: nothing of the product is in between. */
export async function repeat(pool: Pool, conversations: readonly Conversation[]): Promise<void> {
  await Promise.all(
    conversations.map(async (statements) => {
      const client: PoolClient = await pool.connect();
      try {
        for (const { sql, parameters } of statements) await client.query(sql, [...parameters]);
      } finally {
        client.release();
      }
    }),
  );
}
