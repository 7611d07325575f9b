import { type EnvironmentProviders, makeEnvironmentProviders } from '@angular/core';
import { provideEffects } from '@ngrx/effects';
import { provideState } from '@ngrx/store';
import { followAnswers } from './message-stream.effects';
import * as effects from './messages.effects';
import { messagesFeature } from './messages.feature';

/** The conversation, for the route that shows it. */
export const provideMessages = (): EnvironmentProviders =>
  makeEnvironmentProviders([provideState(messagesFeature), provideEffects(effects, { followAnswers })]);
