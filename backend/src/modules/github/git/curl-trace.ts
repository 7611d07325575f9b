import { readFile } from 'node:fs/promises';
import type { AnswerHead } from '../api/ledger/rate-news.js';

const STATUS = /<= Recv header: HTTP\/[\d.]+ (\d{3})/g;
const REQUEST_ID = /<= Recv header: x-github-request-id: *([\w:.-]{1,100})/gi;

/** The last answer in a trace of git's (GIT_TRACE_CURL): its status, and GitHub's id of the request. Undefined when there was none. */
export async function answerIn(path: string): Promise<Pick<AnswerHead, 'status' | 'headers'> | undefined> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const status = [...text.matchAll(STATUS)].at(-1)?.[1];
  if (status === undefined) return undefined;
  return { status: Number(status), headers: { 'x-github-request-id': [...text.matchAll(REQUEST_ID)].at(-1)?.[1] } };
}
