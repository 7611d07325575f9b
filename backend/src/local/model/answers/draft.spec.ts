import { DataBoundary } from '../../../platform/llm/untrusted.js';
import type { ChatMessage } from '../api/chat-request.js';
import { draftIssue } from './draft.js';
import { answerBySchema } from './schema-answer.js';

const SAID =
  'Hi, I think the last to-do is missing when I go through all pages. With 21 to-dos I get 20. All of them should be shown.';

function conversation(...turns: ['user' | 'assistant', string][]): ChatMessage[] {
  const boundary = new DataBoundary();
  const blocks = turns.map(([role, text]) => boundary.wrap('conversation', text, { role }));
  return [
    { role: 'system', content: `Draft an issue. ${boundary.rule}` },
    { role: 'user', content: blocks.join('\n') },
  ];
}

describe('drafts of the local stand-in', () => {
  it('takes title, summary, steps and acceptance from what people said', () => {
    const draft = draftIssue(conversation(['user', 'How are lists cut into pages?'], ['user', SAID]));
    expect(draft.title).toBe('The last to-do is missing when I go through all pages');
    expect(draft.body).toContain(`## Summary\n\n${SAID}`);
    expect(draft.body).toContain('1. Hi, I think the last to-do is missing when I go through all pages.');
    expect(draft.acceptance[0]).toBe('All of them should be shown.');
    expect(draft.labels).toEqual(['bug']);
    expect(draft.body).toMatch(/local stand-in/);
  });

  it('gives as evidence what the assistant cited', () => {
    const draft = draftIssue(conversation(['user', SAID], ['assistant', 'See [src/todos/paginate.js:5-10].']));
    expect(draft.body).toContain('## Evidence\n\n- [src/todos/paginate.js:5-10]');
  });

  it('reads a conversation in one block, and one that is the prompt itself', () => {
    const boundary = new DataBoundary();
    const block = boundary.wrap('conversation', `user: ${SAID}\nassistant: See [a.js:1-2].`);
    expect(draftIssue([{ role: 'user', content: block }]).body).toContain('- [a.js:1-2]');
    expect(draftIssue([{ role: 'user', content: SAID }]).title).toMatch(/^The last to-do is missing/);
  });

  it('keeps listed steps as they are', () => {
    const draft = draftIssue(conversation(['user', 'It fails.\n1. Add seven\n2. Read them']));
    expect(draft.body).toContain('1. Add seven\n2. Read them');
  });

  it('cuts a long title at a word', () => {
    const { title } = draftIssue(conversation(['user', `It is wrong ${'again and '.repeat(30)}again.`]));
    expect(title.length).toBeLessThanOrEqual(91);
    expect(title).toMatch(/ (?:again|and)…$/);
  });

  it('drafts something usable from nothing', () => {
    expect(draftIssue([{ role: 'system', content: 'Draft.' }])).toMatchObject({
      title: 'Untitled',
      labels: ['enhancement'],
    });
  });
});

describe('answers by schema', () => {
  const schema = {
    type: 'object',
    required: ['title', 'labels', 'milestone'],
    properties: {
      title: { type: 'string', maxLength: 5 },
      labels: { type: 'array', items: { type: 'string', enum: ['bug', 'docs'] } },
      milestone: { type: ['integer', 'null'] },
      size: { type: 'string', enum: ['small', 'large'] },
      nested: { type: 'object', properties: { done: { type: 'boolean' } } },
    },
  };

  it('gives each property a value that its schema allows', () => {
    expect(answerBySchema(schema, { title: 'Too long', labels: ['bug', 'unknown'], other: 1 })).toEqual({
      title: 'Too l',
      labels: ['bug'],
      milestone: 0,
      size: 'small',
      nested: { done: false },
    });
  });
});
