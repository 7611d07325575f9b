import { z } from 'zod';

/** Names as GitHub allows them. */
const name = z.string().regex(/^[A-Za-z0-9](?:[\w-]{0,38})\/(?!\.{1,2}$)[\w.-]{1,100}$/, 'must be owner/name');
const branch = z
  .string()
  .max(200)
  .regex(/^(?!.*(?:\.\.|@\{|\/\/|\.lock$))[^\s~^:?*[\\/.-][^\s~^:?*[\\]*$/, 'is no name of a branch');
const path = z
  .string()
  .max(1_000)
  .regex(/^(?!.*(?:^|\/)(?:\.{0,2}|\.git)(?:\/|$))[^\0\n]+$/, 'is no path of a file');

const login = z.string().regex(/^[A-Za-z0-9](?:[A-Za-z0-9]|-(?=[A-Za-z0-9])){0,38}$/, 'is no login');

export const personRequest = z.object({
  login,
  /** The organisation to join. */
  organisation: z.string(),
  permission: z.enum(['read', 'write', 'admin']),
});

export const renameRequest = z.object({ login });

export const grantRequest = z.object({ revoked: z.boolean() });

export const permissionRequest = z.object({
  login: z.string(),
  repository: name,
  permission: z.enum(['none', 'read', 'write', 'admin']),
});

export const deliveryRequest = z.object({
  event: z.string().regex(/^[a-z_]{1,100}$/),
  payload: z.record(z.string(), z.unknown()),
  deliveryId: z.uuid().optional(),
});

export const repositoryRequest = z.object({
  name,
  private: z.boolean().default(false),
  archived: z.boolean().default(false),
  description: z.string().max(350).nullable().default(null),
  defaultBranch: branch.default('main'),
  /** What the first commit holds; without, there is none. */
  files: z.record(path, z.string()).default({}),
});

export const commitRequest = z.object({
  branch,
  message: z.string().min(1).max(10_000),
  /** Null takes a file away. */
  files: z.record(path, z.string().nullable()).refine((files) => Object.keys(files).length > 0, 'must not be empty'),
});
