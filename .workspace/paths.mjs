import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The workspace's root; written so that every Node.js from 20 on reads it. */
export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/** @param {string[]} parts */
export const inRoot = (...parts) => join(ROOT, ...parts);
