import type { Stack } from '../support/index.js';

export interface LedgerCall {
  /** When it came, and when it was over. */
  readonly begun: string;
  readonly at: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly login: string | null;
  readonly requestId: string | null;
}

/** The forge's switches, seen from a stack. */
export class ForgeControl {
  constructor(private readonly stack: Stack) {}

  async post(path: string, body: object): Promise<void> {
    const answer = await fetch(`${this.stack.forgeUrl}/_forge${path}`, { method: 'POST', body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  }

  fault(kind: string, match: string, more: object = {}): Promise<void> {
    return this.post('/faults', { kind, match, ...more });
  }

  async clear(): Promise<void> {
    await fetch(`${this.stack.forgeUrl}/_forge/faults`, { method: 'DELETE' });
    await fetch(`${this.stack.forgeUrl}/_forge/ledger`, { method: 'DELETE' });
  }

  /** Whether every fault has been met. */
  async isSpent(): Promise<boolean> {
    const answer = await fetch(`${this.stack.forgeUrl}/_forge/faults`);
    return ((await answer.json()) as { items: unknown[] }).items.length === 0;
  }

  async calls(): Promise<LedgerCall[]> {
    const answer = await fetch(`${this.stack.forgeUrl}/_forge/ledger`);
    return ((await answer.json()) as { calls: LedgerCall[] }).calls;
  }

  permission(login: string, repository: string, permission: string): Promise<void> {
    return this.post('/permissions', { login, repository, permission });
  }
}
