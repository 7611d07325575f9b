export { type KeptCard, ConversationService, type SpokenMessage, type Transcript } from './conversation.service.js';
export { Attachment } from './entities/attachment.entity.js';
export { Condensation } from './entities/condensation.entity.js';
export { ContextCard } from './entities/context-card.entity.js';
export { Message } from './entities/message.entity.js';
export { MessageAttachment } from './entities/message-attachment.entity.js';
export { MessageCard } from './entities/message-card.entity.js';
export { MessageCitation } from './entities/message-citation.entity.js';
export { Session } from './entities/session.entity.js';
export { SessionMember } from './entities/session-member.entity.js';
export { type SessionAccess, SessionAccessService } from './session-access.service.js';
export { SessionCounts } from './session-counts.js';
export {
  CurrentSession,
  type Need,
  RightInSession,
  SessionGuard,
  SessionObjectGuard,
  SessionRight,
} from './session.guard.js';
export { SessionStreams } from './session-streams.js';
export { SessionsHttpModule } from './sessions.http.module.js';
export { SessionsJobsModule } from './sessions.jobs.module.js';
export { SessionsModule } from './sessions.module.js';
