import { Module } from '@nestjs/common';
import { ConfigModule } from '../../platform/config/config.js';
import { DatabaseModule } from '../../platform/database/database.module.js';
import { RedisModule } from '../../platform/redis/redis.module.js';
import { StreamsModule } from '../../platform/streams/streams.module.js';
import { AuditModule } from '../audit/index.js';
import { GithubTokens } from './github-tokens.js';
import { Budgets } from './limits/budgets.js';
import { LoginRevocations } from './login-revocations.js';
import { LoginsService } from './logins/logins.service.js';
import { GithubIdentityClient } from './oauth/github-identity.client.js';
import { TokenRotation } from './oauth/token-rotation.js';
import { TokenVault } from './oauth/token-vault.js';
import { ApiTokensRepository } from './repositories/api-tokens.repository.js';
import { GithubTokensRepository } from './repositories/github-tokens.repository.js';
import { LoginClaimsRepository } from './repositories/login-claims.repository.js';
import { LoginsRepository } from './repositories/logins.repository.js';
import { OauthTransactionsRepository } from './repositories/oauth-transactions.repository.js';
import { UsageRepository } from './repositories/usage.repository.js';
import { UsersRepository } from './repositories/users.repository.js';
import { ApiTokensService } from './tokens/api-tokens.service.js';
import { UsageLedger } from './usage-ledger.js';
import { UserAdministration } from './users/user-administration.service.js';
import { UsersService } from './users.service.js';

const FACADES = [UsersService, GithubTokens, UsageLedger, Budgets];
/** For the other two modules in this folder. */
const INTERNAL = [
  GithubIdentityClient,
  GithubTokensRepository,
  TokenRotation,
  LoginRevocations,
  LoginsService,
  ApiTokensService,
  UserAdministration,
  LoginsRepository,
  LoginClaimsRepository,
  OauthTransactionsRepository,
  UsersRepository,
];

/** People, their ways in, and the right to act for them. */
@Module({
  imports: [ConfigModule, DatabaseModule, RedisModule, StreamsModule, AuditModule],
  providers: [...FACADES, ...INTERNAL, TokenVault, ApiTokensRepository, UsageRepository],
  exports: [...FACADES, ...INTERNAL],
})
export class AuthModule {}
