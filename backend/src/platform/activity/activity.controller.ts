import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, CurrentPrincipal } from '../http/access.decorator.js';
import { Endpoint } from '../http/endpoint.decorator.js';
import type { Principal } from '../http/principal.js';
import { ActivitySources } from './activity-sources.js';
import { ActivityDto } from './activity.dto.js';

@ApiTags('Everywhere')
@Controller('activity')
export class ActivityController {
  constructor(private readonly sources: ActivitySources) {}

  @Access({ scope: 'read' })
  @Get()
  @Endpoint({ summary: "Long work under way in the caller's sessions", type: ActivityDto })
  async listActivity(@CurrentPrincipal() { userId }: Principal): Promise<ActivityDto> {
    return { items: await this.sources.of(userId) };
  }
}
