/**
 * Reads the environment.
 * @throws {Error} that names the variable, when one cannot be used
 */
export function readConfig(env) {
  return {
    port: whole(env, 'PORT', 8080, { least: 0, most: 65535 }),
    dataFile: env.DATA_FILE || 'data/todos.json',
    pageSize: whole(env, 'PAGE_SIZE', 20, { least: 1, most: 100 }),
    perMinute: whole(env, 'PER_MINUTE', 120, { least: 1, most: 100_000 }),
  };
}

function whole(env, name, standard, { least, most }) {
  if (!env[name]) return standard;
  const value = Number(env[name]);
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new Error(`${name} must be a whole number from ${least} to ${most}`);
  }
  return value;
}
