import { timestamp } from '../clock.js';
import { ObjectWriter } from '../git/objects.js';
import { type Language, LANGUAGES } from './languages.js';
import { PEOPLE } from './ownership.js';
import type { SeedRepository } from './seed-repository.js';

type Named = Readonly<Record<string, string>>;

/** What a company's services are about, and what each of them is. */
const ACME: Named = {
  accounts: 'customer accounts',
  address: 'postal addresses',
  analytics: 'usage figures',
  assets: 'pictures and videos',
  billing: 'invoices',
  calendar: 'appointments',
  cart: 'shopping carts',
  catalog: 'the product catalogue',
  checkout: 'the way to the till',
  contracts: 'contracts',
  coupons: 'vouchers',
  delivery: 'parcels on their way',
  documents: 'documents',
  exports: 'files for other systems',
  feedback: 'customer feedback',
  identity: 'sign-in',
  inventory: 'stock',
  mail: 'outgoing mail',
  notifications: 'messages to customers',
  orders: 'orders',
  payments: 'payments',
  pricing: 'prices',
  returns: 'returned goods',
  search: 'product search',
  suppliers: 'suppliers',
  tax: 'taxes',
  warehouse: 'the warehouse',
};
const GLOBEX: Named = {
  fleet: 'vehicles',
  fuel: 'fuel cards',
  ledger: 'the general ledger',
  maintenance: 'repairs',
  payroll: 'salaries',
  permits: 'permits',
  routing: 'routes',
  telemetry: 'sensor readings',
  tolls: 'road tolls',
  weather: 'weather warnings',
};
const KINDS: Named = {
  api: 'The HTTP interface to',
  worker: 'Background work on',
  web: 'The pages about',
  client: 'The library for calls about',
};

const DAY_MS = 86_400_000;
const FIRST_DAY = Date.UTC(2024, 3, 2, 8);
const LAST_DAY = Date.UTC(2026, 9, 30, 17);

/** The many small repositories of both organisations, and one without a commit. */
export function services(): SeedRepository[] {
  return [
    ...grown('acme', ACME, Object.entries(KINDS)),
    ...grown('globex', GLOBEX, Object.entries(KINDS).slice(0, 3)),
    { ...describe('acme', 'new-project', 'Nothing here yet', 0), language: null, fill: () => new Map() },
  ];
}

function grown(owner: string, areas: Named, kinds: readonly (readonly [string, string])[]): SeedRepository[] {
  return Object.entries(areas)
    .flatMap(([area, about]) => kinds.map(([kind, text]) => [`${area}-${kind}`, `${text} ${about}`] as const))
    .map(([name, description], index) => describe(owner, name, description, index));
}

function describe(owner: string, name: string, description: string, index: number): SeedRepository {
  const language = LANGUAGES[index % LANGUAGES.length];
  const created = new Date(FIRST_DAY + index * 2 * DAY_MS);
  const pushed = new Date(LAST_DAY - ((index * 37) % 300) * DAY_MS);
  return {
    owner,
    name,
    description: `${description}.`,
    // A member of acme alone is not to know of globex, not even what everybody may see.
    private: owner === 'globex' || index % 3 === 1,
    archived: index % 11 === 10,
    language: language?.name ?? null,
    stars: (index * 7) % 60,
    createdAt: timestamp(created),
    pushedAt: timestamp(pushed),
    fill: (path) =>
      language ? write(new ObjectWriter(path), { name, description, language, index, created, pushed }) : new Map(),
    issues: [],
  };
}

interface Contents {
  readonly name: string;
  readonly description: string;
  readonly language: Language;
  readonly index: number;
  readonly created: Date;
  readonly pushed: Date;
}

function write(writer: ObjectWriter, { name, description, language, index, created, pushed }: Contents) {
  const [first, second] = [PEOPLE[index % PEOPLE.length], PEOPLE[(index + 1) % PEOPLE.length]];
  if (!first || !second) throw new Error('There is nobody to have written this.');
  const readme = new Map([['README.md', `# ${name}\n\n${description}.\n`]]);
  const begin = writer.commit({ files: readme, parents: [], author: first, date: created, message: `Begin ${name}` });
  const files = new Map([...readme, ...Object.entries(language.files(name, `${description}.`))]);
  const message = `Add a first version in ${language.name}`;
  const head = writer.commit({ files, parents: [begin], author: second, date: pushed, message });
  return new Map([['refs/heads/main', head]]);
}
