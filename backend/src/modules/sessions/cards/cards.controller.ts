import { Body, Controller, Delete, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access } from '../../../platform/http/access.decorator.js';
import { Endpoint } from '../../../platform/http/endpoint.decorator.js';
import { Idempotent } from '../../../platform/http/idempotency.interceptor.js';
import { CardDto, CardPageDto, CreateCardDto, ListCardsQuery, UpdateCardDto } from '../dto/card.dto.js';
import type { ContextCard } from '../entities/context-card.entity.js';
import type { SessionAccess } from '../session-access.service.js';
import { CurrentSession, SessionRight } from '../session.guard.js';
import { CardRight, CurrentCard } from '../session-parts.js';
import { CardPresenter } from './card.presenter.js';
import { CardsService } from './cards.service.js';

@ApiTags('Sessions')
@Controller('sessions/:id/cards')
export class CardsController {
  constructor(
    private readonly cards: CardsService,
    private readonly presenter: CardPresenter,
  ) {}

  @Access({ scope: 'read' })
  @SessionRight('viewer')
  @Get()
  @Endpoint({ summary: 'Cards of a session, newest first', type: CardPageDto })
  listCards(@CurrentSession() session: SessionAccess, @Query() query: ListCardsQuery): Promise<CardPageDto> {
    return this.presenter.list(session, query);
  }

  @Access({ scope: 'write' })
  @SessionRight('editor')
  @Post()
  @Idempotent()
  @Endpoint({
    summary: 'Makes a card of a message, of lines of a file, of an attachment or of a note',
    status: 201,
    type: CardDto,
    errors: [409],
  })
  async createCard(@CurrentSession() session: SessionAccess, @Body() wish: CreateCardDto): Promise<CardDto> {
    return this.presenter.one(session, await this.cards.create(session, wish));
  }

  @Access({ scope: 'write' })
  @CardRight('editor')
  @Patch(':cardId')
  @Endpoint({ summary: 'Edits or pins a card', type: CardDto, errors: [409] })
  async updateCard(
    @CurrentSession() session: SessionAccess,
    @CurrentCard() card: ContextCard,
    @Body() change: UpdateCardDto,
  ): Promise<CardDto> {
    return this.presenter.one(session, await this.cards.update(session, card, change));
  }

  @Access({ scope: 'write' })
  @CardRight('editor')
  @Delete(':cardId')
  @Endpoint({ summary: 'Deletes a card', status: 204, errors: [409] })
  async deleteCard(@CurrentSession() session: SessionAccess, @CurrentCard() card: ContextCard): Promise<void> {
    await this.cards.remove(session, card);
  }
}
