/** What GitHub takes of an issue, in characters and in numbers of items. */
export const GITHUB_BOUNDS = {
  title: 256,
  body: 65_536,
  labels: 100,
  assignees: 10,
  label: 50,
  login: 39,
} as const;
