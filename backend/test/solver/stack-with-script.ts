import { type ApiClient, signIn, type Stack, startApi, startStack, type TestApi } from '../support/index.js';
import { ScriptedModel } from './scripted-model.js';
import { takeUpIssue } from './solving.js';

/** A stack whose model plays scripts, with an api, and somebody's session with an issue; the workers are the test's. */
export interface ScriptedStack {
  readonly stack: Stack;
  readonly model: ScriptedModel;
  readonly api: TestApi;
  readonly member: ApiClient;
  readonly sessionId: string;
  readonly issueId: string;
}

export async function startScriptedStack(env: Readonly<Record<string, string>> = {}): Promise<ScriptedStack> {
  const model = await ScriptedModel.start();
  const stack = await startStack({ forge: true, env: { LLM_BASE_URL: model.url, ...env } });
  stack.onStop(() => model.stop());
  const api = await startApi(stack);
  const member = await signIn(api, 'member');
  return { stack, model, api, member, ...(await takeUpIssue(member)) };
}
