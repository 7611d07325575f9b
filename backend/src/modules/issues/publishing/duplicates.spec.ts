import { findDuplicates } from './duplicates.js';

const open = [
  {
    number: 1,
    url: 'u1',
    title: 'The last to-do is missing when I go through all pages',
    body: 'I have 21 to-dos. When I read the list page by page I only ever get 20 of them; the last one is dropped.',
  },
  {
    number: 2,
    url: 'u2',
    title: 'Due dates are a day off for people far from Greenwich',
    body: 'A time zone for a list.',
  },
  { number: 3, url: 'u3', title: 'Repeat a to-do every week', body: 'I have to add the same to-do again each time.' },
  { number: 4, url: 'u4', title: 'Say in the README how to run it', body: 'A unit file to copy would save an hour.' },
];

describe('duplicates', () => {
  it('are found by the rare words they share, not by the common ones', () => {
    const found = findDuplicates(
      { title: 'Paging drops the last item', body: 'Going through the pages of the list, the last to-do is missing.' },
      open,
    );
    expect(found.map(({ number }) => number)).toEqual([1]);
    expect(found[0]).toMatchObject({ title: open[0]?.title, url: 'u1' });
    expect(found[0]?.score).toBeGreaterThan(0.25);
  });

  it('score 1 when they are the same', () => {
    expect(findDuplicates(open[1]!, open)[0]).toMatchObject({ number: 2, score: 1 });
  });

  it('are none for something new, for an empty draft and among no issues', () => {
    expect(findDuplicates({ title: 'Export everything as CSV', body: 'For a spreadsheet.' }, open)).toEqual([]);
    expect(findDuplicates({ title: '', body: '' }, open)).toEqual([]);
    expect(findDuplicates({ title: 'Anything', body: '' }, [])).toEqual([]);
  });
});
