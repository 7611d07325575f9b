import type MarkdownIt from 'markdown-it';
import type { Places } from './segment';

type InlineRule = Parameters<InstanceType<typeof MarkdownIt>['inline']['ruler']['push']>[1];

/** `[src/todo.ts:12-30]` or `[src/todo.ts:12]`, as answers cite. */
const citation = /^\[([^\]\n]{1,400}:\d+(?:[-–]\d+)?)\](?!\()/;

/** Links what is cited to the place it names; a citation of nothing known stays text. */
export const citationRule: InlineRule = (state, silent) => {
  if (state.src[state.pos] !== '[') return false;
  const [whole, label = ''] = citation.exec(state.src.slice(state.pos)) ?? [];
  const target = (state.env as { readonly places?: Places }).places?.get(label.replace('–', '-'));
  if (!whole || !target) return false;
  if (!silent) {
    const open = state.push('citation_open', 'a', 1);
    open.attrs = [
      ['href', target],
      ['class', 'place'],
    ];
    state.push('text', '', 0).content = label;
    state.push('citation_close', 'a', -1);
  }
  state.pos += whole.length;
  return true;
};
