import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { git } from '../../src/platform/git/git.js';

/** A commit of a line of them. */
interface Step {
  readonly message: string;
  readonly files: Readonly<Record<string, string>>;
}

const OWN = {
  'src/basket.js':
    'export function addToBasket(basket, article) {\n  basket.articles.push(article);\n  remember(basket);\n}\n',
  'src/voucher.js': 'export function redeemVoucher(sum, voucher) {\n  return Math.round(sum - voucher.amount);\n}\n',
  'src/stock.js':
    'export function reserveArticle(warehouse, article) {\n  warehouse.shelves.get(article).count -= 1;\n}\n',
  'src/mail.js':
    'export function confirmOrder(customer, order) {\n  sendMail(customer.address, letterFor(order));\n}\n',
};

/** Files that take a while to read, no two of them alike, and no two versions of one. */
const bulk = (version: string, countries: number): Record<string, string> =>
  Object.fromEntries(
    Array.from({ length: countries }, (_, file) => [
      `src/tax/country-${file}.js`,
      Array.from(
        { length: 3 },
        (_, of) =>
          `export function tax${version}${file}x${of}(income) {\n${`  if (income > ${file * 7 + of}) return rate(income, "${version}", ${of});\n`.repeat(6)}}\n`,
      ).join('\n'),
    ]),
  );

const changed = (path: keyof typeof OWN, line: string): Record<string, string> => ({
  [path]: `${OWN[path]}// ${line}\n`,
});

/** What the fixes close has these numbers at the forge. */
export const ISSUES = [
  {
    title: 'Articles vanish after a reload',
    body: 'I put an article into my basket and reload: the basket forgets to remember it.',
  },
  { title: 'Sold out articles can be ordered', body: 'The warehouse reserves what its shelves do not hold.' },
] as const;

const before = (name: string, countries: number): readonly Step[] => [
  { message: 'First', files: { ...OWN, 'README.md': 'A shop.\n', 'test/basket.test.js': 'addToBasket();\n' } },
  { message: 'fix: wording of letters', files: { 'README.md': 'A small shop.\n' } },
  { message: 'Taxes are reckoned for each country', files: bulk(`${name}Old`, countries) },
];

/** From the oldest on. */
const fixes = (name: string, countries: number): readonly Step[] => [
  {
    message: 'fix(voucher): amounts are rounded twice when customers redeem one (#31)',
    files: changed('src/voucher.js', 'once'),
  },
  {
    message: 'Baskets are remembered\n\nFixes #1',
    files: { ...changed('src/basket.js', 'kept'), 'test/basket.test.js': 'addToBasket(1);\n' },
  },
  {
    message: 'Shelves are counted (closes #2)',
    files: { ...changed('src/stock.js', 'counted'), 'src/shelf.js': '1;\n' },
  },
  { message: 'Fix shelves that were added since, which nobody had before', files: { 'src/shelf.js': '2;\n' } },
  { message: 'Resolves #99: letters that confirm orders reach customers twice', files: changed('src/mail.js', 'once') },
  { message: 'Revert "fix: orders"\n\nThis reverts commit 0123456.', files: changed('src/mail.js', 'again') },
  { message: 'Taxes are reckoned anew', files: bulk(`${name}New`, countries) },
];

/** The files that the evaluation expects, the newest fix first, and whose words it asks. */
export const EXPECTED = [
  { gold: ['src/mail.js'], source: 'commit', number: null },
  { gold: ['src/stock.js'], source: 'issue', number: 2 },
  { gold: ['src/basket.js'], source: 'issue', number: 1 },
  { gold: ['src/voucher.js'], source: 'commit', number: null },
] as const;

/**
 * A bare repository with fixes, a month from one to the next, on `main`; `before` stands where the oldest of them began. So
 * many other files are written anew in between.
 * @returns its path, by which the forge names it `acme/<name>`
 */
export async function shopRepository(folder: string, name: string, countries: number): Promise<string> {
  const path = join(folder, `acme+${name}`, 'repo');
  await mkdir(path, { recursive: true });
  await git(['init', '--quiet', '--bare', '--template=', '--initial-branch=main', path]);
  const first = before(name, countries);
  const steps = [...first, ...fixes(name, countries)].map((step, at) => commit(step, at));
  steps.splice(first.length, 0, `reset refs/heads/before\nfrom :${first.length}\n\n`);
  await git(['--git-dir', path, 'fast-import', '--quiet'], { input: steps.join('') });
  return path;
}

const MONTH_SECONDS = 30 * 86_400;

function commit({ message, files }: Step, at: number): string {
  const lines = [
    ...['commit refs/heads/main', `mark :${at + 1}`],
    `committer T <t@example.com> ${1_700_000_000 + at * MONTH_SECONDS} +0000`,
    data(message),
    ...(at > 0 ? [`from :${at}`] : []),
    ...Object.entries(files).map(([path, text]) => `M 100644 inline ${path}\n${data(text)}`),
  ];
  return `${lines.join('\n')}\n\n`;
}

const data = (text: string): string => `data ${Buffer.byteLength(text)}\n${text}`;
