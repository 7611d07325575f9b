import { linesOf } from '../lines.js';
import type { Definition } from './definition.js';
import { outlineOf } from './outline.js';

const said = ({ name, first, last, children }: Definition): string[] => [
  `${name} ${first + 1}-${last + 1}`,
  ...children.flatMap((child) => said(child).map((line) => `  ${line}`)),
];
const outline = async (name: string, text: string): Promise<string[]> =>
  (await outlineOf(name, text, linesOf(text))).definitions.flatMap(said);

/** A body that is worth looking into. */
const BODY = '\n\n\n\n';

const SAMPLES: [name: string, text: string, expected: string[]][] = [
  [
    'store.ts',
    `export class Store {\n  save(a: A): void {${BODY}  }\n  load = () => {\n  };\n}`,
    ['Store 1-9', '  save 2-6', '  load 7-8'],
  ],
  [
    'store.ts',
    `type A = B;\nexport const save = async () => {${BODY}  const inner = () => {\n  };\n};`,
    ['A 1-1', 'save 2-8', '  inner 6-7'],
  ],
  ['app.tsx', 'export default function App() {\n  return <a />;\n}', ['App 1-3']],
  ['store.js', 'exports.save = function () {\n};\nconst a = 1, b = 2;', ['save 1-2', 'a b 3-3']],
  ['store.test.js', `describe('store', () => {${BODY}  it('saves', () => {\n  });\n});`, ['store 1-7', '  saves 5-6']],
  [
    'store.py',
    `import x\nA = 1\n@sealed\nclass Store:\n    """Keeps."""\n\n\n    async def save(self):\n        pass`,
    ['A 2-2', 'Store 3-9', '  save 8-9'],
  ],
  [
    'store.go',
    `type Store struct {\n}\n\nfunc (s *Store[T]) Save(r R) error {\n}\n\nvar (\n\ta = 1\n)`,
    ['Store 1-2', 'Store.Save 4-5', 'a 7-9'],
  ],
  [
    'store.rs',
    `pub struct Store;\nimpl Keeper for Store<T> {${BODY}  fn save(&self) {\n  }\n}`,
    ['Store 1-1', 'Store 2-8', '  save 6-7'],
  ],
  [
    'Store.java',
    `class Store {${BODY}  public void save(R r) {\n  }\n}\nrecord P(int x) {\n}`,
    ['Store 1-7', '  save 5-6', 'P 8-9'],
  ],
  [
    'Store.kt',
    `class Store(val a: Int) {${BODY}  fun save(r: R) {\n  }\n}\nobject One {\n}`,
    ['Store 1-7', '  save 5-6', 'One 8-9'],
  ],
  [
    'store.c',
    `#define MOST 3\nstruct store {\n  int a;\n};\nstatic int *save(struct store *s)\n{\n}`,
    ['MOST 1-1', 'store 2-4', 'save 5-7'],
  ],
  [
    'store.cpp',
    `namespace a {\n\ntemplate <class T>\nclass Store {${BODY}  void save(T r) {\n  }\n};\nvoid Store::load() {\n}\n}`,
    ['a 1-13', '  Store 3-10', '    save 8-9', '  Store::load 11-12'],
  ],
  [
    'Store.cs',
    `namespace A.B {\n  class Store {${BODY}    public int Save(R r) {\n    }\n  }\n}`,
    ['A.B 1-9', '  Store 2-8', '    Save 6-7'],
  ],
  [
    'store.rb',
    `module Kept\n  class Store\n\n\n    def save(record)\n    end\n  end\nend`,
    ['Kept 1-8', '  Store 2-7', '    save 5-6'],
  ],
  ['store.php', `<?php\nclass Store {${BODY}  public function save($r) {\n  }\n}`, ['Store 2-8', '  save 6-7']],
  [
    'Store.scala',
    `object Store {${BODY}  def save(r: R): Unit = {\n  }\n}\ntrait Keeper {\n}`,
    ['Store 1-7', '  save 5-6', 'Keeper 8-9'],
  ],
  [
    'Store.swift',
    `extension Store {${BODY}  func save(_ r: R) {\n  }\n}\nstruct P {\n}`,
    ['Store 1-7', '  save 5-6', 'P 8-9'],
  ],
  ['app.css', '.a, .b > c {\n  color: red;\n}', ['.a, .b > c 1-3']],
  ['app.scss', '@mixin big {\n  color: red;\n}\n.a {\n  b: c;\n}', ['@mixin big 1-3', '.a 4-6']],
  ['deploy.sh', 'set -e\nsave_all() {\n  save\n}', ['save_all 2-4']],
  ['notes.md', '# Store\n\n## Saving\n\ntext\n\n## Loading\ntext', ['Store 1-8', '  Saving 3-6', '  Loading 7-8']],
  [
    'app.yaml',
    'services:\n  web:\n    image: a\n\n  db:\n    image: b\nother: 1',
    ['services 1-6', '  web 2-3', '  db 5-6', 'other 7-7'],
  ],
  ['package.json', '{\n  "scripts": {\n    "a": "b"\n  },\n  "version": "1"\n}', ['scripts 2-4', 'version 5-5']],
  [
    'schema.sql',
    '-- all\nCREATE TABLE IF NOT EXISTS app."records" (\n  id int\n)\n;\nCREATE\n  MATERIALIZED VIEW seen AS SELECT 1;\n' +
      'create index concurrently by_id\n  on app.records (id);\ncreate index on seen (id);',
    ['app.records 2-4', 'seen 6-7', 'by_id 8-9', 'seen 10-10'],
  ],
  [
    'functions.sql',
    'begin;\ncreate or replace function app.touch() returns trigger as $$\nbegin\n  return new;\nend;\n$$ language plpgsql;\n' +
      'create trigger touched before insert on app.records\n  for each row execute function app.touch();\ncommit;',
    ['app.touch 2-6', 'touched 7-8'],
  ],
  [
    'App.vue',
    `<template>\n  <a />\n</template>\n<script setup lang="ts">\nconst save = () => {\n};\n</script>`,
    ['template 1-3', 'script 4-7', '  save 5-6'],
  ],
];

describe('outline of a file', () => {
  it.each(SAMPLES)('knows what is defined in %s', async (name, text, expected) => {
    expect(await outline(name, text)).toEqual(expected);
  });

  it('knows as much of a file that is not finished', async () => {
    expect(await outline('a.ts', 'export function save() {\n  return 1;\n}\nexport class {{{')).toContain('save 1-3');
  });

  it('looks at the lines of SQL where its grammar knows too little', async () => {
    const unknown = 'create policy own on records\n  using (true);\n-- of all\n-- kinds';
    const table = 'create table `kinds` (\n  id int\n);';
    const procedure = 'CREATE PROCEDURE count_all()\nBEGIN\n  select 1;\nEND';
    expect(await outline('a.sql', [unknown, table, procedure].join('\n'))).toEqual([
      'own 1-2',
      'kinds 5-7',
      'count_all 8-11',
    ]);
  });

  it('takes two that share a line for one', async () => {
    expect(await outline('a.js', 'function a() {\n} function b() {\n}')).toEqual(['a b 1-3']);
  });

  it('is not brought down by what is nested without end', async () => {
    const deep = `const a = ${'['.repeat(20_000)}`;
    expect(await outline('a.ts', `${deep}\nfunction save() {\n}`)).toBeDefined();
  });

  it('knows nothing of a text of no language', async () => {
    expect(await outline('notes', 'function save() {}')).toEqual([]);
  });
});
