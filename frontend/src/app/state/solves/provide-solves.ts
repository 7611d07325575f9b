import { type EnvironmentProviders, makeEnvironmentProviders } from '@angular/core';
import { provideEffects } from '@ngrx/effects';
import { provideState } from '@ngrx/store';
import * as effects from './solves.effects';
import { solvesFeature } from './solves.feature';

/** Solves, for the workspace. */
export const provideSolves = (): EnvironmentProviders =>
  makeEnvironmentProviders([provideState(solvesFeature), provideEffects(effects)]);
