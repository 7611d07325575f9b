import { Controller, Delete, Get, HttpStatus, Query, Res } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Access, CurrentPrincipal } from '../../../platform/http/access.decorator.js';
import { Endpoint } from '../../../platform/http/endpoint.decorator.js';
import { page } from '../../../platform/http/pagination.js';
import type { Principal } from '../../../platform/http/principal.js';
import { AuthCookies } from '../auth-cookies.js';
import { idOfCursor } from '../cursor-id.js';
import { LoginPageDto, PageQueryDto } from '../dto/auth.dto.js';
import type { Login } from '../entities/login.entity.js';
import { CurrentLogin, OwnLogin } from '../guards/own-objects.js';
import { LoginsService } from './logins.service.js';

@ApiTags('Auth')
@Controller('auth/logins')
export class LoginsController {
  constructor(
    private readonly logins: LoginsService,
    private readonly cookies: AuthCookies,
  ) {}

  @Access({ scope: 'read' })
  @Get()
  @Endpoint({ summary: 'The browsers I am signed in with, newest first', type: LoginPageDto })
  async listLogins(
    @CurrentPrincipal() { userId, loginId }: Principal,
    @Query() { cursor, limit }: PageQueryDto,
  ): Promise<LoginPageDto> {
    const logins = await this.logins.list(userId, idOfCursor(cursor), limit + 1);
    return page(
      logins,
      limit,
      ({ id }) => [id],
      (login) => viewOf(login, loginId),
    );
  }

  @Access({ scope: 'write', cookieOnly: true })
  @OwnLogin()
  @Delete(':id')
  @ApiParam({ name: 'id', type: String })
  @Endpoint({ summary: 'End one of my logins', status: HttpStatus.NO_CONTENT })
  async endLogin(
    @CurrentPrincipal() { loginId }: Principal,
    @CurrentLogin() login: Login,
    @Res({ passthrough: true }) res: Response,
  ): Promise<void> {
    await this.logins.end(login, 'ended');
    if (login.id === loginId) this.cookies.clear(res, 'login');
  }

  @Access({ scope: 'write', cookieOnly: true })
  @Delete()
  @Endpoint({ summary: 'End every login of mine but this one', status: HttpStatus.NO_CONTENT })
  async endOtherLogins(@CurrentPrincipal() { userId, loginId }: Principal): Promise<void> {
    await this.logins.endOthers(userId, loginId);
  }
}

function viewOf(login: Login, currentId: string | undefined): LoginPageDto['items'][number] {
  return {
    id: login.id,
    current: login.id === currentId,
    ip: login.ip,
    userAgent: login.userAgent,
    createdAt: login.createdAt.toISOString(),
    lastUsedAt: login.lastUsedAt.toISOString(),
    expiresAt: login.expiresAt.toISOString(),
  };
}
