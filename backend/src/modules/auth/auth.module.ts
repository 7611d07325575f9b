import { Module } from '@nestjs/common';
import { ConfigModule } from '../../platform/config/config.js';
import { DatabaseModule } from '../../platform/database/database.module.js';
import { AuditModule } from '../audit/index.js';
import { GithubTokens } from './github-tokens.js';
import { GithubIdentityClient } from './oauth/github-identity.client.js';
import { GithubTokensRepository } from './repositories/github-tokens.repository.js';
import { UsageRepository } from './repositories/usage.repository.js';
import { UsersRepository } from './repositories/users.repository.js';
import { UsageLedger } from './usage-ledger.js';
import { UsersService } from './users.service.js';

/** People, and the right to act for them. */
@Module({
  imports: [ConfigModule, DatabaseModule, AuditModule],
  providers: [
    UsersRepository,
    UsersService,
    GithubIdentityClient,
    GithubTokensRepository,
    GithubTokens,
    UsageRepository,
    UsageLedger,
  ],
  exports: [UsersService, GithubTokens, UsageLedger],
})
export class AuthModule {}
