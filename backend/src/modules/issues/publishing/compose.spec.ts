import { composeIssue } from './compose.js';
import { markedIssueId, markerOf } from './marker.js';

const ID = '0197a3c4-0000-7000-8000-000000000001';
const OTHER = '0197a3c4-0000-7000-8000-000000000002';

const issue = { id: ID, title: 'T', body: '\nIt fails.\n', labels: ['bug'], assignees: [], acceptance: [] as string[] };

describe('what GitHub receives', () => {
  it('is the text with the marker of the issue at its end', () => {
    const { body } = composeIssue(issue);
    expect(body).toBe(`It fails.\n\n${markerOf(ID)}`);
    expect(markedIssueId(body)).toBe(ID);
  });

  it('has the acceptance as tasks, one line each', () => {
    const { body } = composeIssue({ ...issue, acceptance: ['All 7 are\nshown.', 'A test says so.'] });
    expect(body).toContain('## Acceptance\n\n- [ ] All 7 are shown.\n- [ ] A test says so.\n\n<!--');
  });

  it('passes for no other issue, whatever was copied into its text', () => {
    const { body } = composeIssue({ ...issue, body: `See above. ${markerOf(OTHER)}`, acceptance: [markerOf(OTHER)] });
    expect(body).not.toContain(OTHER);
  });

  it('is the marker alone for an empty text', () => {
    expect(composeIssue({ ...issue, body: '' }).body).toBe(markerOf(ID));
  });
});
