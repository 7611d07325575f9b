import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { sha256Hex } from '../../../platform/crypto/tokens.js';
import type { Principal } from '../../../platform/http/principal.js';
import { countTokensInTurns } from '../../../platform/llm/tokenizer.js';
import type { Transfer } from '../dto/transfer.dto.js';
import { AttachmentsRepository } from '../repositories/attachments.repository.js';
import { CardsRepository } from '../repositories/cards.repository.js';
import { CitationsRepository } from '../repositories/citations.repository.js';
import { MessagesRepository } from '../repositories/messages.repository.js';
import { SessionsRepository } from '../repositories/sessions.repository.js';
import { SessionOpening } from '../session-opening.service.js';
import { type ImportPlan, planImport } from './import-plan.js';

interface Target {
  readonly sessionId: string;
  readonly userId: string;
  readonly plan: ImportPlan;
  /** Of the cards' contents, by their old ids. */
  readonly tokens: ReadonlyMap<string, number>;
}

/** Brings a session that was exported in again, as a new one of the caller's. */
@Injectable()
export class SessionImport {
  constructor(
    private readonly opening: SessionOpening,
    private readonly sessions: SessionsRepository,
    private readonly messages: MessagesRepository,
    private readonly citations: CitationsRepository,
    private readonly cards: CardsRepository,
    private readonly attachments: AttachmentsRepository,
  ) {}

  /** What it says about its answers is taken over, but for what they cost and cite: neither was seen here. @returns the id. */
  async run(principal: Principal, document: Transfer): Promise<string> {
    const plan = planImport(document);
    const { session, messages, cards, attachments } = document;
    const { owner, repo, branch, title } = session;
    // Before the transaction, which holds others up for as long as it takes.
    const tokens = new Map<string, number>();
    for (const { id, content } of cards) tokens.set(id, await countTokensInTurns(content));
    return this.opening.open(
      principal,
      { owner, repo, branch, title },
      {
        action: 'session.import',
        details: { messages: messages.length, cards: cards.length, attachments: attachments.length },
        fill: (tx, sessionId) => this.fill(tx, document, { sessionId, userId: principal.userId, plan, tokens }),
      },
    );
  }

  private async fill(tx: EntityManager, document: Transfer, target: Target): Promise<void> {
    const { plan, sessionId } = target;
    for (const attachment of document.attachments) await this.addAttachment(tx, attachment, target);
    for (const card of document.cards) await this.addCard(tx, card, target);
    for (const message of document.messages) await this.addMessage(tx, message, target);
    const leaf = document.session.activeLeafId ?? document.messages.at(-1)?.id;
    if (leaf !== undefined) await this.sessions.update(tx, sessionId, { activeLeafId: newOf(plan.messages, leaf) });
  }

  private async addMessage(
    tx: EntityManager,
    {
      id: oldId,
      parentId,
      role,
      text,
      status,
      model,
      retrieval,
      cardIds,
      attachmentIds,
      createdAt,
    }: Transfer['messages'][number],
    { sessionId, userId, plan }: Target,
  ): Promise<void> {
    const id = newOf(plan.messages, oldId);
    await this.messages.insert(tx, {
      ...{ id, sessionId, role, text, model },
      parentId: parentId === null ? null : newOf(plan.messages, parentId),
      status: status === 'streaming' ? 'stopped' : status,
      authorId: userId,
      createdAt: new Date(Math.min(Date.parse(createdAt), Date.now())),
      ...(retrieval ? { retrievalState: retrieval.state, retrievalCommit: retrieval.commit } : {}),
    });
    const commitSha = retrieval?.commit;
    const cited = commitSha ? retrieval.citations : [];
    await this.citations.insert(
      tx,
      cited.map(({ path, startLine, endLine, score }, ordinal) => ({
        ...{ messageId: id, ordinal, path, startLine, endLine, score, verified: false },
        commitSha: commitSha ?? '',
      })),
    );
    const unique = (ids: readonly string[]): string[] => [...new Set(ids)];
    await this.cards.attach(
      tx,
      id,
      unique(cardIds).map((card) => newOf(plan.cards, card)),
    );
    await this.attachments.attach(
      tx,
      id,
      unique(attachmentIds).map((file) => newOf(plan.attachments, file)),
    );
  }

  private async addCard(
    tx: EntityManager,
    card: Transfer['cards'][number],
    { sessionId, userId, plan, tokens }: Target,
  ): Promise<void> {
    const { id, commit, attachmentId, ...rest } = card;
    await this.cards.insert(tx, {
      ...{ ...rest, id: newOf(plan.cards, id), sessionId, createdBy: userId, commitSha: commit },
      attachmentId: attachmentId === null ? null : newOf(plan.attachments, attachmentId),
      tokens: tokens.get(id) ?? 0,
    });
  }

  private async addAttachment(
    tx: EntityManager,
    { id, name, type, content }: Transfer['attachments'][number],
    { sessionId, userId, plan }: Target,
  ): Promise<void> {
    await this.attachments.insert(tx, {
      ...{ id: newOf(plan.attachments, id), sessionId, createdBy: userId, name, mediaType: type, content },
      ...{ size: Buffer.byteLength(content), sha256: sha256Hex(content) },
    });
  }
}

function newOf(ids: ReadonlyMap<string, string>, old: string): string {
  const id = ids.get(old);
  if (id === undefined) throw new TypeError('the plan has an id for everything');
  return id;
}
