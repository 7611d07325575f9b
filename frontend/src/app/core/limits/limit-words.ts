/** What is limited, in words, by the name that the server gives it. */
const labels: Readonly<Record<string, string>> = {
  'tokens-per-day': 'Tokens a day',
  'usd-per-month': 'US dollars a month',
  'open-solves': 'Solves open at the same time',
  'concurrent-solves': 'Solves running at the same time',
  repositories: 'Lists of repositories',
  search: 'Searches',
  chat: 'Messages',
  draft: 'Drafts',
  publish: 'Publishing',
  solve: 'Solves started',
  'sign-in': 'Sign-ins',
  default: 'Everything else',
};

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const money = new Intl.NumberFormat('en', { style: 'currency', currency: 'USD', maximumFractionDigits: 2 });
const cents = new Intl.NumberFormat('en', { style: 'currency', currency: 'USD', maximumFractionDigits: 4 });

export const limitLabel = (name: string): string => labels[name] ?? name;

/** "1,200", and for what is counted in money "$12.50"; small sums keep what there is of them. */
export const amount = (name: string, value: number): string =>
  name.startsWith('usd') ? dollars(value) : whole.format(value);

export const dollars = (value: number): string => (value > 0 && value < 0.1 ? cents : money).format(value);

/** "3 of 5", "3, no limit". */
export const usedOf = (name: string, used: number, limit: number | null): string =>
  limit === null ? `${amount(name, used)}, no limit` : `${amount(name, used)} of ${amount(name, limit)}`;

/** What is used and held of a limit, 0 to 1; nothing without a limit. */
export const share = (used: number, limit: number | null): number | undefined =>
  limit === null ? undefined : limit === 0 ? 1 : Math.min(1, used / limit);
