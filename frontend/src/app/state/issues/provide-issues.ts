import { type EnvironmentProviders, makeEnvironmentProviders } from '@angular/core';
import { provideEffects } from '@ngrx/effects';
import { provideState } from '@ngrx/store';
import * as notices from './issues-notices.effects';
import * as effects from './issues.effects';
import { issuesFeature } from './issues.feature';

/** Issues, for the workspace. */
export const provideIssues = (): EnvironmentProviders =>
  makeEnvironmentProviders([provideState(issuesFeature), provideEffects(effects, notices)]);
