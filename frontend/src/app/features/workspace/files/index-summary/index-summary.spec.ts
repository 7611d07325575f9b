import { TestBed } from '@angular/core/testing';
import { anIndex } from '../../../../../testing/samples';
import { IndexSummary } from './index-summary';

describe('the state of an index in words', () => {
  const words = async (index: Parameters<typeof anIndex>[0]): Promise<string> => {
    const fixture = TestBed.createComponent(IndexSummary);
    fixture.componentRef.setInput('index', anIndex(index));
    await fixture.whenStable();
    return (fixture.nativeElement as HTMLElement).querySelector('.facts')?.textContent ?? '';
  };
  const failed = { status: 'failed' as const, filesTotal: 0, filesIndexed: 0, filesSkipped: 0 };

  it('counts the files of the commit that is searched', async () => {
    expect(await words({ filesIndexed: 1_200, filesSkipped: 3 })).toBe('1,200 files indexed, 3 left out');
  });

  it('names after a failure the commit that is searched on, not the counts of what failed', async () => {
    expect(await words({ ...failed, commit: 'c0ffee1234', behind: 3 })).toBe(
      'Commit c0ffee1 is still searched, 3 commits behind the branch',
    );
    expect(await words({ ...failed, commit: 'c0ffee1234', behind: null })).toBe('Commit c0ffee1 is still searched');
  });

  it('claims nothing is searched where nothing is', async () => {
    expect(await words({ ...failed, commit: null, behind: null })).toBe('0 files indexed');
  });
});
