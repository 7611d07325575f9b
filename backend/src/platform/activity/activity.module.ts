import { Module } from '@nestjs/common';
import { ActivitySources } from './activity-sources.js';
import { ActivityController } from './activity.controller.js';

/** Where modules tell of long work; imported by each that registers a source. */
@Module({ providers: [ActivitySources], exports: [ActivitySources] })
export class ActivityModule {}

/** The route over all sources. */
@Module({ imports: [ActivityModule], controllers: [ActivityController] })
export class ActivityHttpModule {}
