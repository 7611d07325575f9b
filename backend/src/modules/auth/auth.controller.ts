import { Controller, Get, HttpStatus, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Access, CurrentPrincipal, Public } from '../../platform/http/access.decorator.js';
import { Endpoint } from '../../platform/http/endpoint.decorator.js';
import type { Principal } from '../../platform/http/principal.js';
import { AuthCookies } from './auth-cookies.js';
import { GithubReturnQueryDto, MeDto, SignInQueryDto } from './dto/auth.dto.js';
import { LimitsDto } from './dto/limits.dto.js';
import { Limit } from './limits/limit.decorator.js';
import { LimitsService } from './limits/limits.service.js';
import { LoginsService } from './logins/logins.service.js';
import { ProfileService } from './profile.service.js';
import { BeginSignInGuard, FinishSignInGuard, type GithubReturnRequest } from './sign-in/sign-in.guards.js';
import { SignInFlow } from './sign-in/sign-in.flow.js';

@ApiTags('Auth')
@Controller('auth')
export class AuthController {
  constructor(
    private readonly flow: SignInFlow,
    private readonly cookies: AuthCookies,
    private readonly logins: LoginsService,
    private readonly profile: ProfileService,
    private readonly limits: LimitsService,
  ) {}

  @Public()
  @Limit('sign-in')
  @UseGuards(BeginSignInGuard)
  @Get('login')
  @Endpoint({ summary: 'Sign in: go to GitHub', status: HttpStatus.FOUND })
  beginSignIn(@Query() _query: SignInQueryDto): void {
    // The guard has sent the browser to GitHub.
  }

  @Public()
  @Limit('sign-in')
  @UseGuards(FinishSignInGuard)
  @Get('callback')
  @Endpoint({ summary: 'Sign in: back from GitHub', status: HttpStatus.FOUND })
  async finishSignIn(
    @Query() _query: GithubReturnQueryDto,
    @Req() req: GithubReturnRequest,
    @Res() res: Response,
  ): Promise<void> {
    res.redirect(HttpStatus.FOUND, await this.flow.finish(req, res));
  }

  @Access({ scope: 'read' })
  @Get('me')
  @Endpoint({ summary: 'Who I am', type: MeDto })
  getMe(@CurrentPrincipal() { userId }: Principal): Promise<MeDto> {
    return this.profile.me(userId);
  }

  @Access({ scope: 'write', cookieOnly: true })
  @Post('logout')
  @Endpoint({ summary: 'Sign out: end this login, on every open channel', status: HttpStatus.NO_CONTENT })
  async logout(@CurrentPrincipal() principal: Principal, @Res({ passthrough: true }) res: Response): Promise<void> {
    const { userId, loginId } = principal;
    if (loginId !== undefined) await this.logins.end({ id: loginId, userId }, 'sign-out');
    this.cookies.clear(res, 'login');
  }

  @Access({ scope: 'read' })
  @Get('limits')
  @Endpoint({ summary: 'My rate limits and budgets, and how much of them is used', type: LimitsDto })
  async listLimits(@CurrentPrincipal() { userId }: Principal): Promise<LimitsDto> {
    return { items: await this.limits.list(userId) };
  }
}
