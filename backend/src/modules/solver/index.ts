export { SolverHttpModule } from './solver.http.module.js';
export { SolverJobsModule } from './solver.jobs.module.js';
export { SolverModule } from './solver.module.js';
export { AiModel } from './entities/ai-model.entity.js';
export { Solve } from './entities/solve.entity.js';
export { SolveCandidate } from './entities/solve-candidate.entity.js';
export { SolveCheckpoint } from './entities/solve-checkpoint.entity.js';
export { SolveEvent } from './entities/solve-event.entity.js';
