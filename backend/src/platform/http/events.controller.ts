import { Controller, Get, Module, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { LiveEvents } from '../streams/live-events.js';
import { StreamsModule } from '../streams/streams.module.js';
import { Access, type AuthenticatedRequest } from './access.decorator.js';
import { Endpoint } from './endpoint.decorator.js';
import { lastEventId, sendEvents } from './sse.js';

@ApiTags('Everywhere')
@Controller('events')
export class EventsController {
  constructor(private readonly events: LiveEvents) {}

  @Access({ scope: 'read' })
  @Get()
  @Endpoint({
    summary: "Changes of everything the caller takes part in: a browser's one stream",
    produces: 'text/event-stream',
  })
  streamEvents(@Req() req: AuthenticatedRequest, @Res() res: Response): Promise<void> {
    return sendEvents(req, res, (signal) => this.events.follow(req.principal.userId, lastEventId(req), signal));
  }
}

@Module({ imports: [StreamsModule], controllers: [EventsController] })
export class EventsModule {}
