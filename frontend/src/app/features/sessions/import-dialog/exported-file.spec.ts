import { readExport } from './exported-file';

const exported = {
  format: 'yudai.session',
  version: 1,
  session: { owner: 'acme', repo: 'todo-api', branch: 'main', title: 'Pages' },
  messages: [{}, {}],
  cards: [{}],
};

describe('a file that is to be imported', () => {
  it('is told by what it holds', () => {
    const read = readExport(JSON.stringify(exported));
    expect('facts' in read && read.facts.map(({ value }) => value)).toEqual([
      'Pages',
      'acme/todo-api, main',
      '2',
      '1',
      '0',
    ]);
  });

  it.each([
    ['{"format": "yudai.session", "mess', /cut off/],
    ['# Pages\n\nacme/todo-api', /as JSON to import/],
    ['[]', /no exported session/],
    ['null', /no exported session/],
    ['{"format":"other"}', /no exported session/],
    [JSON.stringify({ ...exported, version: 2 }), /another version/],
  ])('says what is wrong with %s', (content, wrong) => {
    const read = readExport(content);
    expect('wrong' in read && read.wrong).toMatch(wrong);
  });
});
