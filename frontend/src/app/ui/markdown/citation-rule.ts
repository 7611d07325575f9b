import type MarkdownIt from 'markdown-it';
import type { Places } from './segment';

type InlineRule = Parameters<InstanceType<typeof MarkdownIt>['inline']['ruler']['push']>[1];

const place = /(?<label>[^\]\n`]{1,500}:\d{1,7}(?:[-–]\d{1,7})?)/.source;
/** `[src/todo.ts:12-30]` or `[src/todo.ts:12]`, as answers cite, also with backquotes inside of the brackets. */
const plain = new RegExp(`^\\[(\`?)${place}\\1\\](?!\\()`);
/** The same as code, which models like to make of it. */
const asCode = new RegExp(`^\`\\[${place}\\]\`(?!\`)`);
/** No citation is longer. */
const longest = 530;

/** Links what is cited to the place it names; a citation of nothing known stays text. */
export const citationRule: InlineRule = (state, silent) => {
  const first = state.src[state.pos];
  if ((first !== '[' && first !== '`') || state.linkLevel > 0) return false;
  const match = (first === '[' ? plain : asCode).exec(state.src.slice(state.pos, state.pos + longest));
  const label = match?.groups?.['label'] ?? '';
  const target = (state.env as { readonly places?: Places }).places?.get(label.replace('–', '-'));
  if (!match || !target) return false;
  if (!silent) {
    const open = state.push('citation_open', 'a', 1);
    open.attrs = [
      ['href', target],
      ['class', 'place'],
    ];
    state.push('text', '', 0).content = label;
    state.push('citation_close', 'a', -1);
  }
  state.pos += match[0].length;
  return true;
};
