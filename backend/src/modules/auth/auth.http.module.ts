import { Module } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR, DiscoveryModule } from '@nestjs/core';
import { ThrottlerModule } from '@nestjs/throttler';
import { CONFIG, type Config, ConfigModule } from '../../platform/config/config.js';
import { DatabaseModule } from '../../platform/database/database.module.js';
import { IdempotencyModule } from '../../platform/http/idempotency.module.js';
import { RedisModule } from '../../platform/redis/redis.module.js';
import { AuditModule } from '../audit/index.js';
import { AuthCookies } from './auth-cookies.js';
import { AuthController } from './auth.controller.js';
import { AuthModule } from './auth.module.js';
import { AdminLimitsController } from './budgets/admin-limits.controller.js';
import { BudgetInterceptor } from './budgets/budget.interceptor.js';
import { LimitAdministration } from './budgets/limit-administration.service.js';
import { AccessDeclarations } from './guards/access-declarations.js';
import { AuthGuard } from './guards/auth.guard.js';
import { AccountLimit } from './limits/account-limit.js';
import { LimitStorageModule } from './limits/limit-storage.module.js';
import { LimitsService } from './limits/limits.service.js';
import { PublicLimitGuard } from './limits/public-limit.guard.js';
import { RateLimiter } from './limits/rate-limiter.js';
import { throttlersOf } from './limits/rate-limits.js';
import { RedisThrottlerStorage } from './limits/redis-throttler.storage.js';
import { UserLimitInterceptor } from './limits/user-limit.interceptor.js';
import { LoginsController } from './logins/logins.controller.js';
import { ProfileService } from './profile.service.js';
import { GithubStrategy } from './sign-in/github.strategy.js';
import { OauthStateStore } from './sign-in/oauth-state.store.js';
import { SignInFlow } from './sign-in/sign-in.flow.js';
import { SignInPolicy } from './sign-in/sign-in.policy.js';
import { SignInService } from './sign-in/sign-in.service.js';
import { BearerStrategy } from './strategies/bearer.strategy.js';
import { CookieStrategy } from './strategies/cookie.strategy.js';
import { ApiTokensController } from './tokens/api-tokens.controller.js';
import { AdminUsageController } from './usage/admin-usage.controller.js';
import { UsageReportRepository } from './usage/usage-report.repository.js';
import { UsageReport } from './usage/usage-report.service.js';
import { AdminUsersController } from './users/admin-users.controller.js';
import { Avatars } from './users/avatars.js';
import { UsersController } from './users/users.controller.js';

/**
 * Signing in, and the application's guard and limits. Imported before `HttpModule`: limits are checked before media types
 * and validation.
 */
@Module({
  imports: [
    AuthModule,
    AuditModule,
    ConfigModule,
    DatabaseModule,
    IdempotencyModule,
    RedisModule,
    DiscoveryModule,
    LimitStorageModule,
    ThrottlerModule.forRootAsync({
      imports: [ConfigModule, LimitStorageModule],
      inject: [CONFIG, RedisThrottlerStorage],
      useFactory: (config: Config, storage: RedisThrottlerStorage) => ({ throttlers: throttlersOf(config), storage }),
    }),
  ],
  controllers: [
    AuthController,
    LoginsController,
    ApiTokensController,
    UsersController,
    AdminUsersController,
    AdminLimitsController,
    AdminUsageController,
  ],
  providers: [
    AuthCookies,
    OauthStateStore,
    SignInPolicy,
    SignInService,
    SignInFlow,
    ProfileService,
    Avatars,
    LimitsService,
    LimitAdministration,
    UsageReport,
    UsageReportRepository,
    RateLimiter,
    AccountLimit,
    GithubStrategy,
    CookieStrategy,
    BearerStrategy,
    AccessDeclarations,
    { provide: APP_GUARD, useClass: PublicLimitGuard },
    { provide: APP_GUARD, useClass: AuthGuard },
    { provide: APP_INTERCEPTOR, useClass: UserLimitInterceptor },
    { provide: APP_INTERCEPTOR, useClass: BudgetInterceptor },
  ],
})
export class AuthHttpModule {}
