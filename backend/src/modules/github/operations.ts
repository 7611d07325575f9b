/**
 * Every operation of GitHub's REST API that the product calls, by the route of GitHub's own OpenAPI description. All calls
 * name their operation here (`GithubClient.call`), so the list is complete by construction.
 */
export const OPERATIONS = {
  listRepositories: 'GET /user/repos',
  listInstallations: 'GET /user/installations',
  getRepository: 'GET /repos/{owner}/{repo}',
  listBranches: 'GET /repos/{owner}/{repo}/branches',
  getBranch: 'GET /repos/{owner}/{repo}/branches/{branch}',
  listIssues: 'GET /repos/{owner}/{repo}/issues',
  getIssue: 'GET /repos/{owner}/{repo}/issues/{issue_number}',
  createIssue: 'POST /repos/{owner}/{repo}/issues',
  listLabels: 'GET /repos/{owner}/{repo}/labels',
  listAssignees: 'GET /repos/{owner}/{repo}/assignees',
  listPulls: 'GET /repos/{owner}/{repo}/pulls',
  createPull: 'POST /repos/{owner}/{repo}/pulls',
} as const;

export type OperationName = keyof typeof OPERATIONS;
export type Route<Name extends OperationName> = (typeof OPERATIONS)[Name];
