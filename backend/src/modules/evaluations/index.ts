export { Evaluation } from './entities/evaluation.entity.js';
export { EvaluationCase } from './entities/evaluation-case.entity.js';
export { EvaluationsHttpModule } from './evaluations.http.module.js';
export { EvaluationsJobsModule } from './evaluations.jobs.module.js';
