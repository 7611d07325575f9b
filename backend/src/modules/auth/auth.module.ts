import { Module } from '@nestjs/common';
import { ConfigModule } from '../../platform/config/config.js';
import { DatabaseModule } from '../../platform/database/database.module.js';
import { LlmModule } from '../../platform/llm/llm.module.js';
import { RedisModule } from '../../platform/redis/redis.module.js';
import { StreamsModule } from '../../platform/streams/streams.module.js';
import { AuditModule } from '../audit/index.js';
import { BudgetLimits } from './budgets/budget-limits.js';
import { BudgetStandings } from './budgets/budget-standings.js';
import { MeteredModel } from './budgets/metered-model.js';
import { Spending } from './budgets/spending.js';
import { GithubTokens } from './github-tokens.js';
import { LoginRevocations } from './login-revocations.js';
import { LoginsService } from './logins/logins.service.js';
import { GithubIdentityClient } from './oauth/github-identity.client.js';
import { TokenRotation } from './oauth/token-rotation.js';
import { TokenVault } from './oauth/token-vault.js';
import { ApiTokensRepository } from './repositories/api-tokens.repository.js';
import { BudgetsRepository } from './repositories/budgets.repository.js';
import { GithubTokensRepository } from './repositories/github-tokens.repository.js';
import { LoginClaimsRepository } from './repositories/login-claims.repository.js';
import { LoginsRepository } from './repositories/logins.repository.js';
import { OauthTransactionsRepository } from './repositories/oauth-transactions.repository.js';
import { UsageRepository } from './repositories/usage.repository.js';
import { UsersRepository } from './repositories/users.repository.js';
import { ApiTokensService } from './tokens/api-tokens.service.js';
import { GithubBudgets } from './usage/github-budgets.js';
import { UserAdministration } from './users/user-administration.service.js';
import { UsersService } from './users.service.js';

const FACADES = [UsersService, GithubTokens, MeteredModel, BudgetLimits, BudgetStandings, GithubBudgets];
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
  BudgetsRepository,
  UsageRepository,
];

/** People, their ways in, and the right to act for them. */
@Module({
  imports: [ConfigModule, DatabaseModule, LlmModule, RedisModule, StreamsModule, AuditModule],
  providers: [...FACADES, ...INTERNAL, TokenVault, ApiTokensRepository, Spending],
  exports: [...FACADES, ...INTERNAL],
})
export class AuthModule {}
