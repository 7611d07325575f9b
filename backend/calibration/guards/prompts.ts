import type { Guard } from '../guard.js';

const LLM = 'backend/src/platform/llm';
const CHAT = 'backend/src/modules/sessions/chat';
const PACKING = `${CHAT}/prompt-packing.spec.ts`;

/** What a prompt holds, and what in it is data. */
export const PROMPTS: readonly Guard[] = [
  {
    without: 'a text could pass for the end of its block, or of a message',
    file: `${LLM}/untrusted.ts`,
    take: ".replace(LOOKALIKE, '&lt;').replace(CONTROL, '<¦')",
    put: '',
    test: `${LLM}/untrusted.spec.ts`,
    named: 'untrusted text D18: nothing in it can be taken for the marker',
  },
  {
    without: 'an answer could show the markers of its prompt',
    file: `${CHAT}/marker-filter.ts`,
    take: "this.held = (this.held + text).replace(this.marker, '');",
    put: 'this.held = this.held + text;',
    test: `${CHAT}/marker-filter.spec.ts`,
    named: 'an answer has no markers',
  },
  {
    without: 'a question would take the room of what was shown as the next prompt',
    file: `${CHAT}/prompt-packing.ts`,
    take: 'const asked = Math.max(0, questionRoom(budget) - (question?.tokens ?? 0));',
    put: 'const asked = Math.max(0, questionRoom(0) - (question?.tokens ?? 0));',
    test: PACKING,
    named: 'whatever there is to say takes the same room',
  },
  {
    without: 'a prompt could be larger than its window',
    file: `${CHAT}/prompt-packing.ts`,
    take: "const kept = packPrompt(of('kept'), free - history.tokens);",
    put: "const kept = packPrompt(of('kept'), budget);",
    test: PACKING,
    named: 'whatever there is to say never has more than the room',
  },
  {
    without: 'one file could take all the room of the passages',
    file: `${CHAT}/prompt-parts.ts`,
    take: '...{ pinned: false, dropped: false, priority: nth },',
    put: '...{ pinned: false, dropped: false, priority: 0 * nth },',
    test: PACKING,
    named: 'what was found in the repository comes from many files',
  },
];
