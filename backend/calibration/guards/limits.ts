import type { Guard } from '../guard.js';

const RESERVATIONS = 'backend/test/limits/reservations.spec.ts';
const BUDGETS = 'backend/test/limits/budgets.spec.ts';
const RATES = 'backend/test/limits/rates.spec.ts';
const SIZES = 'backend/test/limits/sizes.spec.ts';

/** What people may use, and what the server reads. */
export const LIMITS: readonly Guard[] = [
  {
    without: 'calls at once could take a budget several times',
    file: 'backend/src/modules/auth/repositories/budgets.repository.ts',
    take: "await tx.query('SELECT 1 FROM budgets WHERE subject = ANY($1) ORDER BY subject FOR UPDATE', [ordered]);",
    put: '',
    test: RESERVATIONS,
    named: 'what is set aside never exceeds the budget of a user',
    real: true,
  },
  {
    without: 'what calls under way hold would be given away again',
    file: 'backend/src/modules/auth/budgets/spending.ts',
    take: 'if (used + reserved + wanted <= limit) return;',
    put: 'if (used + wanted <= limit) return;',
    test: RESERVATIONS,
    named: 'what is set aside',
  },
  {
    without: 'a call would stay reserved after it was settled',
    file: 'backend/src/modules/auth/budgets/spending.ts',
    take: 'await this.usage.release(reservation, tx);',
    put: '',
    test: RESERVATIONS,
    named: 'what is set aside becomes what was used',
  },
  {
    without: 'a dead worker would hold a budget for ever',
    file: 'backend/src/modules/auth/repositories/budgets.repository.ts',
    take: 'lease_until > now() AND',
    put: '',
    test: RESERVATIONS,
    named: 'what is set aside ends with its lease',
  },
  {
    without: 'work would begin that no budget has room for',
    file: 'backend/src/modules/auth/budgets/budget.interceptor.ts',
    take: 'await this.model.ensureRoom(req.principal.userId);',
    put: 'void this.model;',
    test: BUDGETS,
    named: 'over budget',
  },
  {
    without: 'an answer that broke off would cost nothing',
    file: 'backend/src/modules/auth/budgets/metered-call.ts',
    take: 'this.usage ??= this.brokenOff();',
    put: '',
    test: BUDGETS,
    named: 'an answer uses what was counted',
  },
  {
    without: 'a budget in dollars would let models through whose price nobody knows',
    file: 'backend/src/modules/auth/budgets/spending.ts',
    take: "if (name === 'usd-per-month' && costUsd === null) throw priceUnknown(model);",
    put: 'void [priceUnknown, model];',
    test: BUDGETS,
    named: 'a model whose price nobody knows',
  },
  {
    without: 'many accounts behind one address would have no limit together',
    file: 'backend/src/modules/auth/limits/rate-limits.ts',
    take: 'limit: (context) => (userOf(context) === undefined ? perUser : perAddress),',
    put: 'limit: (context) => (userOf(context) === undefined ? perUser : perAddress * 1_000),',
    test: RATES,
    named: 'limits hold for an address too',
  },
  {
    without: 'refused requests would use up what people may ask',
    file: 'backend/src/modules/auth/limits/user-limit.interceptor.ts',
    take: 'const standings = await this.limiter.giveBack(context);',
    put: 'const standings: [] = [];',
    test: RATES,
    named: 'limits are not used up by what is refused',
  },
  {
    without: 'an account could sign in without end from many addresses',
    file: 'backend/src/modules/auth/sign-in/sign-in.flow.ts',
    take: 'await this.accounts.take(String(identity.profile.id));',
    put: 'void this.accounts;',
    test: RATES,
    named: 'limits stop an account',
  },
  {
    without: 'a thousand headers would be read',
    file: 'backend/src/platform/http/request-bounds.ts',
    take: "else if (isTooMuch(req)) next(sizeError('headers'));",
    put: 'else if (isTooMuch(req)) next();',
    test: SIZES,
    named: 'the head of a request has a bounded number',
  },
  {
    without: 'JSON could be nested as deep as anybody likes',
    file: 'backend/src/platform/http/json-bounds.ts',
    take: "if (depthOf(body) > DEEPEST) throw sizeError('depth');",
    put: 'void [depthOf];',
    test: SIZES,
    named: 'the body of a request is nested',
  },
  {
    without: 'broken characters would be replaced in silence',
    file: 'backend/src/platform/http/json-bounds.ts',
    take: "if (!isUtf8(body)) throw sizeError('utf8');",
    put: 'void isUtf8;',
    test: SIZES,
    named: 'the body of a request with',
  },
  {
    without: 'what is no HTTP would be answered without a problem document',
    file: 'backend/src/platform/http/configure-app.ts',
    take: '  answerUnparsed(app);\n',
    put: '  void answerUnparsed;\n',
    test: SIZES,
    named: 'the head of a request that is',
  },
];
