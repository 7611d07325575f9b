import { formatCitation } from '../../../platform/llm/citation.js';
import type { ChatMessage } from '../api/chat-request.js';
import { passagesOf, rank, type RankedPassage } from './passages.js';
import { allBlocks, withoutBlocks } from './prompt.js';
import { terms } from './words.js';

const INTRODUCTION =
  "I am the local stand-in for a language model: I quote what fits your question's words, I do not reason.";
const MOST_QUOTES = 3;
/** A question of fewer words takes its subject from the one before ("and where is that tested?"). */
const FEWEST_WORDS = 2;

/** Lines that no repository has, for tests that a citation is checked. */
const MADE_UP = formatCitation({ path: 'src/no-such-file.js', startLine: 1, endLine: 9 });

export interface ChatOptions {
  readonly badCitation: boolean;
}

/** Answers the last question from the passages in the prompt, or says that there are none. */
export function answerChat(messages: readonly ChatMessage[], { badCitation }: ChatOptions): string {
  const passages = passagesOf(allBlocks(messages));
  const paragraphs = [INTRODUCTION, ...body()];
  if (badCitation) paragraphs.push(`It is also explained in ${MADE_UP}.`);
  return paragraphs.join('\n\n');

  function body(): string[] {
    if (passages.length === 0) {
      return ['I was given nothing from the repository for this question, so I have no answer to it.'];
    }
    const found = rank(passages, questionOf(messages));
    if (found.length > 0) return found.slice(0, MOST_QUOTES).flatMap(quote);
    return [
      'No passage that I was given has a word in common with your question. The nearest that the search found is ' +
        `${passages[0]?.source ?? ''}.`,
    ];
  }
}

function quote({ passage, shared, excerpt }: RankedPassage, index: number): string[] {
  const lead = index === 0 ? 'What fits best is' : 'See also';
  return [
    `${lead} ${passage.source} (${shared.slice(0, 6).join(', ')}):`,
    `${fence(excerpt)}${languageOf(passage.path)}\n${excerpt.join('\n')}\n${fence(excerpt)}`,
  ];
}

/** A fence longer than any in the text, so that the text cannot end it. */
function fence(lines: readonly string[]): string {
  const longest = Math.max(2, ...lines.flatMap((line) => line.match(/`+/g) ?? []).map((run) => run.length));
  return '`'.repeat(longest + 1);
}

function languageOf(path: string): string {
  return /\.([a-z0-9]{1,8})$/i.exec(path)?.[1]?.toLowerCase() ?? '';
}

function questionOf(messages: readonly ChatMessage[]): string {
  const asked = messages.filter((message) => message.role === 'user').map((message) => withoutBlocks(message.content));
  const [last = '', before = ''] = asked.filter((question) => question !== '').reverse();
  return terms(last).size < FEWEST_WORDS ? `${last} ${before}` : last;
}
