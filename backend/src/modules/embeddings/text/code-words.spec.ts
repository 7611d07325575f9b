import { codeWords, queryWords } from './code-words.js';

describe('code words', () => {
  it('finds the words inside identifiers, whatever the style', () => {
    expect(codeWords('parseTodoList')).toEqual(['parsetodolist', 'pars', 'todo', 'list']);
    expect(codeWords('parse_todo_list')).toEqual(codeWords('parseTodoList'));
    expect(codeWords('PARSE_TODO_LIST')).toEqual(codeWords('parseTodoList'));
    expect(codeWords('parseHTMLPage2')).toEqual(['parsehtmlpage2', 'pars', 'html', 'pag', '2']);
  });

  it('finds a word in its other forms', () => {
    expect(codeWords('requests parsed')).toEqual(codeWords('request parsing'));
  });

  it('reads other scripts, and words in those that put no spaces between them', () => {
    expect(codeWords('größeÄndern')).toContain('größe');
    expect(codeWords('données')).toEqual(codeWords('données'.normalize('NFD')));
    expect(codeWords('保存记录')).toEqual(expect.arrayContaining(['保存', '记录']));
    expect(codeWords('имяФайла')).toEqual(['имяфайла', 'имя', 'файла']);
  });

  it('asks for what tells something', () => {
    expect(queryWords('Why does the save button of saveButton not save?')).toEqual([
      ...['sav', 'button', 'savebutton', 'sav', 'button', 'sav'],
    ]);
    expect(queryWords('why is it so?')).toEqual([]);
  });
});
