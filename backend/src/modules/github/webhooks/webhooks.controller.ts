import { Controller, Post, Req, UseGuards } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { Public } from '../../../platform/http/access.decorator.js';
import { Endpoint } from '../../../platform/http/endpoint.decorator.js';
import { Limit } from '../../auth/index.js';
import { AcceptedDto } from '../dto/webhook.dto.js';
import { parseDelivery } from './delivery.js';
import { WebhookInbox } from './webhook-inbox.service.js';
import { WebhookSignatureGuard } from './webhook-signature.guard.js';

@ApiTags('GitHub')
@Controller('github/webhooks')
export class WebhooksController {
  constructor(private readonly inbox: WebhookInbox) {}

  @Public()
  @Limit('webhooks')
  @UseGuards(WebhookSignatureGuard)
  @Post()
  @ApiHeader({ name: 'X-GitHub-Event', required: true })
  @ApiHeader({ name: 'X-GitHub-Delivery', required: true })
  @ApiHeader({ name: 'X-Hub-Signature-256', required: true })
  @ApiBody({ schema: { type: 'object' } })
  @Endpoint({
    summary: "Takes a delivery of GitHub's; it is processed by a job",
    status: 202,
    type: AcceptedDto,
    errors: [401],
  })
  async receiveWebhook(@Req() req: Request): Promise<AcceptedDto> {
    const delivery = parseDelivery(req);
    await this.inbox.store(delivery);
    return { id: delivery.id };
  }
}
