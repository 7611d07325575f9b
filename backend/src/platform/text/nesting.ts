import type MarkdownIt from 'markdown-it';

type BlockRule = Parameters<InstanceType<typeof MarkdownIt>['block']['ruler']['push']>[1];

/** The parser leaves out what stands at its hundredth level, and all after it; a block takes two levels at most. */
const DEEPEST = 98;

/**
 * What lists and quotes nest deeper than the parser goes stands there as it was written: a text that is not shown could say
 * anything. First in the chain of block rules. The client has the same rule (frontend/src/app/ui/markdown/nesting.ts).
 */
export const nestingRule: BlockRule = (state, startLine, endLine, silent) => {
  if (state.level < DEEPEST) return false;
  if (silent) return true;
  const isInside = (line: number): boolean => {
    const indent = state.sCount[line] ?? 0;
    // Below nought: a line that goes on with a quote without its mark.
    return state.isEmpty(line) || indent < 0 || indent >= state.blkIndent;
  };
  let end = startLine + 1;
  while (end < endLine && isInside(end)) end++;
  const token = state.push('code_block', 'code', 0);
  token.content = state.getLines(startLine, end, state.blkIndent, true);
  token.map = [startLine, end];
  state.line = end;
  return true;
};
