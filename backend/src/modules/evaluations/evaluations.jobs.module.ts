import { Module } from '@nestjs/common';
import { CaseFinder } from './cases/case-finder.js';
import { EvaluationsModule } from './evaluations.module.js';
import { EvaluationProcessor } from './jobs/evaluation.processor.js';
import { EvaluationRelay } from './jobs/evaluation.relay.js';
import { EvaluationRecorder } from './running/evaluation-recorder.js';
import { EvaluationRequester } from './running/evaluation-requester.js';
import { EvaluationRun } from './running/evaluation-run.js';
import { EvaluationWorker } from './running/evaluation-worker.service.js';

/** Making evaluations. */
@Module({
  imports: [EvaluationsModule],
  providers: [
    ...[CaseFinder, EvaluationRequester, EvaluationRun, EvaluationRecorder, EvaluationWorker],
    ...[EvaluationProcessor, EvaluationRelay],
  ],
})
export class EvaluationsJobsModule {}
