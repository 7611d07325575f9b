import { draftSchema, readDraft } from './draft-answer.js';

const known = { labels: ['bug', 'Good First Issue'], logins: ['member'] };
const answer = {
  title: ' A\ntitle ',
  body: 'Text',
  labels: ['BUG', 'urgent'],
  assignees: ['member', 'stranger'],
  acceptance: ['Done. ', ''],
};

describe("the model's answer", () => {
  it('keeps only names that the repository has, spelt as there', () => {
    expect(readDraft(JSON.stringify(answer), known)).toEqual({
      title: 'A title',
      body: 'Text',
      labels: ['bug'],
      assignees: ['member'],
      acceptance: ['Done.'],
    });
  });

  it('is found in a fence and among words, and may lack its lists', () => {
    const text = `Here you are:\n\`\`\`json\n${JSON.stringify({ title: 'T', body: 'B' })}\n\`\`\``;
    expect(readDraft(text, known)).toMatchObject({ title: 'T', labels: [], acceptance: [] });
  });

  it('is bounded, and has nothing that cannot be stored', () => {
    const { title, body, acceptance } = readDraft(
      JSON.stringify({
        title: 'x'.repeat(1_000),
        body: `\0${'y'.repeat(100_000)}`,
        acceptance: Array.from({ length: 50 }, (_, at) => `${at} ${'z'.repeat(2_000)}`),
      }),
      known,
    );
    expect(title).toHaveLength(256);
    expect(body.length + acceptance.join().length).toBeLessThan(65_536);
    expect(body).not.toContain('\0');
  });

  it.each(['', 'I cannot do that.', '{"title": "cut of', '{"title": "", "body": "x"}', '{"body": "x"}', '[]'])(
    'is refused when it is no draft: %s',
    (text) => {
      expect(() => readDraft(text, known)).toThrow(
        expect.objectContaining({ code: 'issues.draft-unreadable' }) as Error,
      );
    },
  );
});

describe('what the model is asked for', () => {
  it('offers the names there are, and no enumeration of none', () => {
    expect(draftSchema(known).schema.properties.labels.items).toEqual({ type: 'string', enum: known.labels });
    expect(draftSchema({ labels: [], logins: [] }).schema.properties.labels.items).toEqual({ type: 'string' });
  });
});
