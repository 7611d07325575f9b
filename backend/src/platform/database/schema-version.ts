/** Name of the newest migration that this build needs; readiness compares it with the database (a test, with the folder). */
export const SCHEMA_VERSION = 'ReadAnewByRecipe1764001900000';
