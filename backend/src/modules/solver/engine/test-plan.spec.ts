import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findTestPlan } from './test-plan.js';

describe('findTestPlan', () => {
  let tree: string;

  beforeEach(async () => {
    tree = await mkdtemp(join(tmpdir(), 'yudai-plan-'));
  });

  afterEach(async () => {
    await rm(tree, { recursive: true });
  });

  it.each([
    ['package.json', '{"scripts":{"test":"node --test"}}', 'node'],
    ['pyproject.toml', '[tool.pytest.ini_options]', 'pytest'],
    ['go.mod', 'module acme/x', 'go'],
    ['Cargo.toml', '[package]', 'cargo'],
    ['Makefile', 'all:\n\ntest:\n\ttrue\n', 'other'],
  ])('knows from %s how tests are run', async (name, content, format) => {
    await writeFile(join(tree, name), content);
    expect((await findTestPlan(tree))?.format).toBe(format);
  });

  it("does not take npm's placeholder, broken JSON or nothing for a suite", async () => {
    expect(await findTestPlan(tree)).toBeUndefined();
    await writeFile(join(tree, 'package.json'), '{"scripts":{"test":"echo \\"Error: no test specified\\" && exit 1"}}');
    expect(await findTestPlan(tree)).toBeUndefined();
    await writeFile(join(tree, 'package.json'), '{');
    expect(await findTestPlan(tree)).toBeUndefined();
  });

  it('does not follow a link out of the tree', async () => {
    const elsewhere = await mkdtemp(join(tmpdir(), 'yudai-outside-'));
    const outside = join(elsewhere, 'package.json');
    await writeFile(outside, '{"scripts":{"test":"cat secrets"}}');
    await symlink(outside, join(tree, 'package.json'));
    expect(await findTestPlan(tree)).toBeUndefined();
    await rm(elsewhere, { recursive: true });
  });
});
