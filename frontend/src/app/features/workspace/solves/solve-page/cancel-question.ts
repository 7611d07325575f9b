import type { Solve } from '@yudai/sdk';
import type { Question } from '../../../../ui/confirm/confirm';

/** What ends with a solve, asked before it does. */
export const cancelQuestion = ({ status, model, spent, limits }: Solve): Question => ({
  title: 'Cancel this solve?',
  text:
    status === 'queued'
      ? 'It has not started yet, so nothing is lost.'
      : 'The agent is stopped within seconds and cannot go on. What it has changed so far is kept.',
  details: [
    { label: 'Model', value: model },
    { label: 'Steps', value: `${spent.steps} of ${limits.steps}` },
    { label: 'Spent', value: `$${spent.costUsd.toFixed(3)}` },
  ],
  confirm: 'Cancel the solve',
  danger: true,
});
