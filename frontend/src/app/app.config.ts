import { APP_BASE_HREF } from '@angular/common';
import { type ApplicationConfig, ErrorHandler, provideBrowserGlobalErrorListeners } from '@angular/core';
import {
  TitleStrategy,
  provideRouter,
  withComponentInputBinding,
  withInMemoryScrolling,
  withNavigationErrorHandler,
  withRouterConfig,
} from '@angular/router';
import { provideEffects } from '@ngrx/effects';
import { provideState, provideStore } from '@ngrx/store';
import { routes } from './app.routes';
import * as activityEffects from './core/activity/activity.effects';
import { activityFeature } from './core/activity/activity.feature';
import { provideApi } from './core/api/api';
import * as authEffects from './core/auth/auth.effects';
import { authFeature } from './core/auth/auth.feature';
import * as liveEffects from './core/live/live.effects';
import { liveFeature } from './core/live/live.feature';
import { ErrorsTold, whenNavigationFails } from './core/missed/missed';
import { PageTitle } from './core/title/title';

export const appConfig: ApplicationConfig = {
  providers: [
    provideBrowserGlobalErrorListeners(),
    { provide: ErrorHandler, useClass: ErrorsTold },
    // The page carries no <base>: its policy forbids one, and every address in it is absolute.
    { provide: APP_BASE_HREF, useValue: '/' },
    provideRouter(
      routes,
      withComponentInputBinding(),
      withInMemoryScrolling({ scrollPositionRestoration: 'enabled' }),
      withNavigationErrorHandler(whenNavigationFails),
      // The handler has told of it; a rejected promise would tell nobody else.
      withRouterConfig({ resolveNavigationPromiseOnError: true }),
    ),
    { provide: TitleStrategy, useExisting: PageTitle },
    provideStore(),
    provideState(authFeature),
    provideState(liveFeature),
    provideState(activityFeature),
    provideEffects(authEffects, liveEffects, activityEffects),
    provideApi(),
  ],
};
