import { Body, Controller, Get, Patch } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access } from '../../../platform/http/access.decorator.js';
import { Endpoint } from '../../../platform/http/endpoint.decorator.js';
import { ContextDto, UpdateContextDto } from '../dto/context.dto.js';
import type { SessionAccess } from '../session-access.service.js';
import { CurrentSession, SessionRight } from '../session.guard.js';
import { ContextService } from './context.service.js';

@ApiTags('Sessions')
@Controller('sessions/:id/context')
export class ContextController {
  constructor(private readonly context: ContextService) {}

  @Access({ scope: 'read' })
  @SessionRight('viewer')
  @Get()
  @Endpoint({ summary: 'What the next prompt would hold', type: ContextDto })
  getContext(@CurrentSession() session: SessionAccess): Promise<ContextDto> {
    return this.context.show(session);
  }

  @Access({ scope: 'write' })
  @SessionRight('editor')
  @Patch()
  @Endpoint({ summary: 'Pins parts, or leaves them out', type: ContextDto, errors: [409] })
  updateContext(@CurrentSession() session: SessionAccess, @Body() wish: UpdateContextDto): Promise<ContextDto> {
    return this.context.update(session, wish);
  }
}
