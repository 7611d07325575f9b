import { Body, Controller, Delete, Get, HttpStatus, Post, Query } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import { Access, CurrentPrincipal } from '../../../platform/http/access.decorator.js';
import { Endpoint } from '../../../platform/http/endpoint.decorator.js';
import { Idempotent } from '../../../platform/http/idempotency.interceptor.js';
import { page } from '../../../platform/http/pagination.js';
import type { Principal } from '../../../platform/http/principal.js';
import { idOfCursor } from '../cursor-id.js';
import {
  ApiTokenPageDto,
  CreateApiTokenDto,
  CreatedApiTokenDto,
  PageQueryDto,
  standardExpiry,
} from '../dto/auth.dto.js';
import type { ApiToken } from '../entities/api-token.entity.js';
import { CurrentToken, OwnToken } from '../guards/own-objects.js';
import { ApiTokensService } from './api-tokens.service.js';

@ApiTags('Auth')
@Controller('auth/tokens')
export class ApiTokensController {
  constructor(private readonly tokens: ApiTokensService) {}

  @Access({ scope: 'read' })
  @Get()
  @Endpoint({ summary: 'My API tokens, newest first; never their secrets', type: ApiTokenPageDto })
  async listApiTokens(
    @CurrentPrincipal() { userId }: Principal,
    @Query() { cursor, limit }: PageQueryDto,
  ): Promise<ApiTokenPageDto> {
    const tokens = await this.tokens.list(userId, idOfCursor(cursor), limit + 1);
    return page(tokens, limit, ({ id }) => [id], viewOf);
  }

  @Access({ scope: 'write', cookieOnly: true })
  @Idempotent()
  @Post()
  @Endpoint({
    summary: 'A new API token; its secret is shown once',
    status: HttpStatus.CREATED,
    type: CreatedApiTokenDto,
    errors: [HttpStatus.CONFLICT],
  })
  async createApiToken(
    @CurrentPrincipal() { userId }: Principal,
    @Body() { name, scopes, expiresAt }: CreateApiTokenDto,
  ): Promise<CreatedApiTokenDto> {
    const expiry = expiresAt ? new Date(expiresAt) : standardExpiry();
    const { token, secret } = await this.tokens.create(userId, { name, scopes, expiresAt: expiry });
    return { ...viewOf(token), token: secret };
  }

  @Access({ scope: 'write', cookieOnly: true })
  @OwnToken()
  @Delete(':id')
  @ApiParam({ name: 'id', type: String })
  @Endpoint({ summary: 'Delete an API token of mine', status: HttpStatus.NO_CONTENT })
  async deleteApiToken(@CurrentToken() token: ApiToken): Promise<void> {
    await this.tokens.delete(token);
  }
}

function viewOf(token: ApiToken): ApiTokenPageDto['items'][number] {
  return {
    id: token.id,
    name: token.name,
    scopes: token.scopes,
    expiresAt: token.expiresAt.toISOString(),
    lastUsedAt: token.lastUsedAt?.toISOString() ?? null,
    createdAt: token.createdAt.toISOString(),
  };
}
