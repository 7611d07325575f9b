import { homedir, tmpdir } from 'node:os';
import { basename, dirname } from 'node:path';
import type { OwnerAndName } from '../git/storage.js';

/** Names as GitHub allows them. */
const OWNER = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})$/;
const NAME = /^(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}$/;
/** `https://host/owner/name.git`, `ssh://git@host/owner/name`; further up there may be groups. */
const URL_FORM = /^(?:https?|ssh|git):\/\/[^/]+\/(?:.+\/)?([^/]+)\/([^/]+?)(?:\.git)?\/*$/;
/** `git@host:owner/name.git` */
const SCP_FORM = /^[^/:]+:(?:.+\/)?([^/]+)\/([^/]+?)(?:\.git)?\/*$/;
const PLUS_FORM = /^([^+]+)\+([^+]+)$/;
/** Folders that hold repositories of anybody's. */
const NO_OWNERS = new Set([
  'code',
  'dev',
  'git',
  'home',
  'projects',
  'repos',
  'repositories',
  'src',
  'work',
  'workspace',
]);
/** What mkdtemp(3) and its like make of a name. */
const SCRATCH = /(?:[-_.][A-Za-z0-9]{6,}|^tmp\w{6,})$/;

/**
 * What a repository on this machine is called here: after its origin, else after its path (`owner/name`, or `owner+name`
 * as a folder's name), else `local/<folder>`.
 */
export function nameOf(path: string, origin: string | undefined): OwnerAndName {
  return named(URL_FORM.exec(origin ?? '')) ?? named(SCP_FORM.exec(origin ?? '')) ?? nameOfPath(path);
}

function nameOfPath(path: string): OwnerAndName {
  const folder = basename(path) === '.git' ? dirname(path) : path;
  const parent = dirname(folder);
  const last = basename(folder).replace(/\.git$/, '');
  return (
    named(PLUS_FORM.exec(last)) ??
    named(PLUS_FORM.exec(basename(parent))) ??
    (isOwner(parent) ? valid(basename(parent), last) : undefined) ?? { owner: 'local', name: cleaned(last) }
  );
}

/** Whether a folder may be called after somebody, and does not just lie around or belong to the system. */
function isOwner(folder: string): boolean {
  if ([tmpdir(), homedir(), dirname(homedir()), '/'].includes(folder)) return false;
  if (dirname(folder) === tmpdir() && SCRATCH.test(basename(folder))) return false;
  return !NO_OWNERS.has(basename(folder).toLowerCase());
}

function named(match: RegExpExecArray | null): OwnerAndName | undefined {
  return match ? valid(match[1] ?? '', match[2] ?? '') : undefined;
}

function valid(owner: string, name: string): OwnerAndName | undefined {
  return OWNER.test(owner) && NAME.test(name) ? { owner, name } : undefined;
}

function cleaned(name: string): string {
  const text = name.replace(/[^A-Za-z0-9._-]+/g, '-').slice(0, 100);
  return NAME.test(text) ? text : 'repository';
}
