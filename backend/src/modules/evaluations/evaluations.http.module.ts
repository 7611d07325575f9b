import { Module } from '@nestjs/common';
import { ActivityModule } from '../../platform/activity/activity.module.js';
import { IdempotencyModule } from '../../platform/http/idempotency.module.js';
import { EvaluationActivity } from './evaluation-activity.js';
import { EvaluationPresenter } from './evaluation.presenter.js';
import { EvaluationsController } from './evaluations.controller.js';
import { EvaluationsModule } from './evaluations.module.js';
import { EvaluationsService } from './evaluations.service.js';

/** Starting evaluations and looking at them. */
@Module({
  imports: [EvaluationsModule, ActivityModule, IdempotencyModule],
  controllers: [EvaluationsController],
  providers: [EvaluationsService, EvaluationPresenter, EvaluationActivity],
})
export class EvaluationsHttpModule {}
