import type { ContextCard } from '../entities/context-card.entity.js';
import { jsonList, markdownCard } from './export-format.js';

async function joined(parts: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const part of parts) text += part;
  return text;
}

describe('a session as a file', () => {
  it.each([[[]], [[1]], [[{ text: 'a\n"b"' }, null]]])('has lists that are JSON, of %j', async (items: unknown[]) => {
    expect(JSON.parse(`{${await joined(jsonList('items', items))}}`)).toEqual({ items });
  });

  it('has cards whose content cannot end its own block', () => {
    const card = { title: 'A\n# B', path: null, content: '```\n# not a heading\n````' } as ContextCard;
    expect(markdownCard(card)).toBe('\n## Card: A # B\n\n`````\n```\n# not a heading\n````\n`````\n');
  });
});
