import { chunkText, type ChunkText } from './chunker.js';

/** A token a word is enough to see where texts are cut. */
const countTokens = (text: string): number => text.split(/\s+/).filter(Boolean).length;
const cut = (text: string, name = 'a.ts', maxTokens = 210): ChunkText[] =>
  chunkText(name, text, { countTokens, maxTokens });

/** What the spans hold, line by line, each line of the file once. */
function reassembled(chunks: readonly ChunkText[]): Map<number, string> {
  return new Map(
    chunks.flatMap(({ startLine, text }) =>
      text.split('\n').map((line, at): [number, string] => [startLine + at, line]),
    ),
  );
}

const functionOf = (name: string, lines: number): string[] => [
  `export function ${name}(value: string) {`,
  ...Array.from({ length: lines }, (_, at) => `  await step(value, ${at}, other(${at}));`),
  '}',
];

describe('chunker', () => {
  it('loses no line, whatever the length', () => {
    const lines = Array.from({ length: 1_000 }, (_, at) => `  const line = ${at};`);
    const chunks = cut(lines.join('\n'));
    const found = reassembled(chunks);
    expect(lines.map((_, at) => found.get(at + 1))).toEqual(lines);
    expect(chunks.length).toBeGreaterThan(10);
  });

  it('keeps a definition together with what stands above it, and knows its name', () => {
    const lines = ['/** Reads. */', ...functionOf('readStore', 20), '', '@sealed', ...functionOf('writeStore', 20)];
    const chunks = cut(lines.join('\n'));
    expect(chunks.map(({ symbol, startLine, kind }) => ({ symbol, startLine, kind }))).toEqual([
      { symbol: 'readStore', startLine: 1, kind: 'definition' },
      { symbol: 'writeStore', startLine: 25, kind: 'definition' },
    ]);
  });

  it.each([
    ['store.py', ['class Store:', '    def save(self, record):', '        pass'], 'Store.save'],
    ['store.rb', ['class Store', '  def save(record)', '  end'], 'Store.save'],
    ['store.go', ['type Store struct {}', 'func (s *Store) Save(r Record) {', '}'], 'Save'],
    ['store.rs', ['impl Keeper for Store {', '    pub fn save(&self) {', '    }'], 'Store.save'],
    ['Store.java', ['class Store {', '  public void save(Record record) {', '  }'], 'Store.save'],
    ['Store.kt', ['class Store {', '  fun save(record: Record) {', '  }'], 'Store.save'],
    ['Store.cs', ['class Store {', '    public async Task Save(Record r)', '    {'], 'Store.Save'],
    ['store.c', ['struct store { int a; };', 'int save_record(struct store *s)', '{'], 'save_record'],
    ['store.ts', ['class Store {', '  async save(record: Item): Promise<void> {', '  }'], 'Store.save'],
    ['store.js', ['const a = 1;', 'export const save = async (record) => {', '};'], 'save'],
    ['store.test.js', ["describe('store', () => {", "  it('saves', async () => {", '  });'], 'store.saves'],
    ['schema.sql', ['-- all', 'CREATE TABLE IF NOT EXISTS records (', ');'], 'records'],
    ['deploy.sh', ['set -e', 'save_all() {', '}'], 'save_all'],
    ['notes.md', ['# Store', '## Saving', 'text'], 'Store › Saving'],
    ['app.yaml', ['# all', 'services:', '  web: 1'], 'services'],
  ])('knows what is defined in %s', (name, [first = '', second = '', ...rest], expected) => {
    const filler = (of: string): string[] => Array.from({ length: 45 }, (_, at) => `        ${of} call${at} ${at};`);
    const chunks = cut([first, ...filler('first'), second, ...rest, ...filler('second')].join('\n'), name);
    expect(chunks.map(({ symbol }) => symbol)).toContain(expected);
  });

  it('lets spans overlap where it had to cut in the middle', () => {
    const [first, second] = cut(Array.from({ length: 200 }, (_, at) => `  call(${at}, ${at});`).join('\n'));
    expect(second?.startLine).toBeLessThanOrEqual(first?.endLine ?? 0);
  });

  it('takes small definitions together', () => {
    const lines = Array.from({ length: 12 }, (_, at) => `export const value${at} = ${at};`);
    expect(cut(lines.join('\n'))).toHaveLength(1);
  });

  it('gives no span more tokens than the model reads; a line too long alone is divided, not cut off', () => {
    const line = Array.from({ length: 300 }, (_, at) => `w${at}`).join(' ');
    const chunks = cut([line, line, 'end'].join('\n'), 'a.txt', 50);
    expect(Math.max(...chunks.map(({ text }) => countTokens(text)))).toBeLessThanOrEqual(50);
    const words = chunks.flatMap(({ text }) => text.split(/\s+/)).join(' ');
    for (const word of line.split(' ')) expect(words).toContain(word.slice(0, 1));
    expect(chunks.every(({ startLine, endLine }) => startLine >= 1 && endLine <= 3 && startLine <= endLine)).toBe(true);
  });

  it('is not fooled by one long line without a space: no span is long, nothing is lost', () => {
    const line = 'x'.repeat(100_000);
    const chunks = chunkText('one.txt', line, { countTokens: () => 1, maxTokens: 210 });
    expect(Math.max(...chunks.map(({ text }) => text.length))).toBeLessThan(2_000);
    expect(chunks.map(({ text }) => text).join('').length).toBeGreaterThanOrEqual(line.length);
  });

  it('never divides a character', () => {
    const chunks = chunkText('a.md', '🌱'.repeat(5_000), { countTokens: (text) => text.length, maxTokens: 33 });
    expect(chunks.length).toBeGreaterThan(100);
    expect(chunks.every(({ text }) => !/\p{Surrogate}/u.test(text))).toBe(true);
  });

  it('counts lines as everybody does, with any line ends', () => {
    const [only] = cut('one\r\ntwo\r\n', 'a.txt');
    expect(only).toMatchObject({ startLine: 1, endLine: 2, text: 'one\ntwo' });
  });

  it('makes nothing of blank text', () => {
    expect(cut('\n\n  \n')).toEqual([]);
  });
});
