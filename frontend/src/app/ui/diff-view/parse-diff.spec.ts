import { parseDiff } from './parse-diff';

const modified = `diff --git a/src/todo.ts b/src/todo.ts
index 83db48f..bf269f4 100644
--- a/src/todo.ts
+++ b/src/todo.ts
@@ -10,4 +10,5 @@ export function done(todo) {
   const a = 1;
-  return a;
+  const b = 2;
+  return a + b;
 }
@@ -40 +41 @@
-old
+new
`;

describe('parseDiff', () => {
  it('numbers the lines on both sides', () => {
    const [file] = parseDiff(modified);
    expect(file).toMatchObject({ path: 'src/todo.ts', change: 'modified', insertions: 3, deletions: 2 });
    expect(file?.hunks.map((hunk) => hunk.lines.map((line) => [line.before, line.after]))).toEqual([
      [
        [10, 10],
        [11, undefined],
        [undefined, 11],
        [undefined, 12],
        [12, 13],
      ],
      [
        [40, undefined],
        [undefined, 41],
      ],
    ]);
  });

  it('tells new, deleted, renamed and binary files apart', () => {
    const files = parseDiff(
      [
        'diff --git a/new.txt b/new.txt\nnew file mode 100644\n--- /dev/null\n+++ b/new.txt\n@@ -0,0 +1 @@\n+hello\n',
        'diff --git a/old.txt b/old.txt\ndeleted file mode 100644\n--- a/old.txt\n+++ /dev/null\n@@ -1 +0,0 @@\n-bye\n',
        'diff --git a/a.ts b/b.ts\nsimilarity index 100%\nrename from a.ts\nrename to b.ts\n',
        'diff --git a/logo.png b/logo.png\nindex 1..2 100644\nBinary files a/logo.png and b/logo.png differ\n',
      ].join(''),
    );
    expect(files.map((file) => [file.path, file.from, file.change, file.binary])).toEqual([
      ['new.txt', undefined, 'added', false],
      ['old.txt', undefined, 'deleted', false],
      ['b.ts', 'a.ts', 'renamed', false],
      ['logo.png', undefined, 'modified', true],
    ]);
  });

  it('reads paths in every script', () => {
    const patch =
      'diff --git "a/\\303\\244\\t.txt" "b/\\303\\244\\t.txt"\n--- "a/\\303\\244\\t.txt"\n+++ "b/\\303\\244\\t.txt"\n@@ -1 +1 @@\n-a\n+b\n';
    expect(parseDiff(patch)[0]?.path).toBe('ä\t.txt');
  });

  it('takes code that looks like a diff for code', () => {
    const patch =
      'diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n--- a/y\n+++ b/y\n\\ No newline at end of file\n';
    expect(parseDiff(patch)[0]?.hunks[0]?.lines).toEqual([
      { kind: 'removed', before: 1, text: '-- a/y' },
      { kind: 'added', after: 1, text: '++ b/y' },
    ]);
  });

  it('finds nothing in nothing', () => expect(parseDiff('')).toEqual([]));
});
