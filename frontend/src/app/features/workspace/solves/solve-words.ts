const reasons: Record<string, string> = {
  'limit.steps': 'The limit of steps is reached.',
  'limit.time': 'The limit of time is reached.',
  'limit.cost': 'The limit of cost is reached.',
  approval: 'It waits for an approval.',
  question: 'It waits for an answer.',
  'tests.regressed': 'Tests that passed before fail now.',
  'tests.none': 'No test could be run on the change.',
  timeout: 'It took too long without a pause; the work so far is kept.',
  'model.error': 'The model did not answer.',
  'diff.empty': 'It ended without changing anything.',
  attempts: 'It stopped several times without finishing; the work so far is kept.',
  internal: 'Something went wrong on the server.',
};

/** Why a solve stands where it stands, in a sentence; an unknown code is shown as it is. */
export const reasonInWords = (code: string | undefined): string => (code ? (reasons[code] ?? code) : '');
