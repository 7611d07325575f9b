import { Accounts } from './accounts.js';
import { Database } from './database.js';
import { Grants } from './grants.js';
import { Issues } from './issues.js';
import { Labels } from './labels.js';
import { Pulls } from './pulls.js';
import { Repositories } from './repositories.js';

/** Everything that the forge remembers outside its repositories. */
export interface State {
  readonly db: Database;
  readonly accounts: Accounts;
  readonly repositories: Repositories;
  readonly labels: Labels;
  readonly issues: Issues;
  readonly pulls: Pulls;
  readonly grants: Grants;
}

/** @throws LocalServerError for a file that is no database of ours */
export function openState(file: string): State {
  const db = Database.open(file);
  const issues = new Issues(db);
  return {
    db,
    issues,
    accounts: new Accounts(db),
    repositories: new Repositories(db),
    labels: new Labels(db),
    pulls: new Pulls(db, issues),
    grants: new Grants(db),
  };
}
