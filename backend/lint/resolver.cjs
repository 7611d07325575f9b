const { existsSync } = require('node:fs');
const { builtinModules } = require('node:module');
const { dirname, resolve } = require('node:path');

/** For the boundaries plugin: a relative `.js` import means the `.ts` file beside it. */
exports.interfaceVersion = 2;
exports.resolve = (source, file) => {
  if (source.startsWith('node:') || builtinModules.includes(source)) return { found: true, path: null };
  if (!source.startsWith('.')) return { found: false };
  const path = resolve(dirname(file), source.replace(/\.js$/, '.ts'));
  return existsSync(path) ? { found: true, path } : { found: false };
};
