import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../platform/config/config.js';
import { unauthenticated } from './auth.errors.js';
import type { MeDto } from './dto/auth.dto.js';
import { GithubTokens } from './github-tokens.js';
import { avatarUrlOf } from './users/avatar-url.js';
import { UsersService } from './users.service.js';

/** What somebody gets to know about themselves. */
@Injectable()
export class ProfileService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly users: UsersService,
    private readonly githubTokens: GithubTokens,
  ) {}

  async me(userId: string): Promise<MeDto> {
    const user = await this.users.byId(userId);
    if (!user) throw unauthenticated();
    const connected = await this.githubTokens.connected(userId);
    const { id, login, name, email, role } = user;
    const reconnectUrl = `${this.config.PUBLIC_URL}/api/auth/login?login=${encodeURIComponent(login)}`;
    return {
      id,
      login,
      name,
      avatarUrl: avatarUrlOf(user),
      email,
      role,
      createdAt: user.createdAt.toISOString(),
      github: { connected, ...(connected ? {} : { reconnectUrl }) },
    };
  }
}
