import { answerChat } from './answers/chat.js';
import { condense, isCondensing } from './answers/condense.js';
import { draftIssue } from './answers/draft.js';
import { answerBySchema } from './answers/schema-answer.js';
import type { ChatRequest } from './api/chat-request.js';
import { type Reply, textReply } from './api/reply.js';
import type { Purpose } from './control/faults.js';
import type { Recording } from './solver/recording.js';
import { isSolve, nextStep } from './solver/replay.js';

/** How an answer is spoilt on purpose. */
export interface Spoiling {
  readonly badCitation: boolean;
  readonly skipFix: boolean;
}

export function purposeOf(request: ChatRequest): Purpose {
  if (isSolve(request)) return 'solve';
  return request.response_format && request.response_format.type !== 'text' ? 'draft' : 'chat';
}

/** The model itself: an answer from the request, and from nothing but the request. */
export function respond(request: ChatRequest, recordings: readonly Recording[], spoiling: Spoiling): Reply {
  switch (purposeOf(request)) {
    case 'solve':
      return nextStep(request, recordings, spoiling);
    case 'draft':
      return textReply(JSON.stringify(structured(request)));
    default:
      return textReply(
        isCondensing(request.messages) ? condense(request.messages) : answerChat(request.messages, spoiling),
      );
  }
}

function structured({ messages, response_format: format }: ChatRequest): unknown {
  const draft = draftIssue(messages);
  return format?.type === 'json_schema' ? answerBySchema(format.json_schema.schema, { ...draft }) : draft;
}
