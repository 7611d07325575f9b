import { type EnvironmentProviders, makeEnvironmentProviders } from '@angular/core';
import { provideEffects } from '@ngrx/effects';
import { provideState } from '@ngrx/store';
import * as indexStream from './index-stream.effects';
import * as notices from './sessions-notices.effects';
import * as effects from './sessions.effects';
import { sessionsFeature } from './sessions.feature';

/** Sessions for the lazy routes that show them; providing them twice changes nothing. */
export const provideSessions = (): EnvironmentProviders =>
  makeEnvironmentProviders([provideState(sessionsFeature), provideEffects(effects, indexStream, notices)]);
