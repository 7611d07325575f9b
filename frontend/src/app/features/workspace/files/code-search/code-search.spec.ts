import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { type SearchResult, client } from '@yudai/sdk';
import { anIndex } from '../../../../../testing/samples';
import { CodeSearch } from './code-search';

describe('a search of the code', () => {
  let asked: number;
  let answer: () => Partial<SearchResult> | Promise<Partial<SearchResult>>;

  const found = { state: 'ready' as const, commit: 'c0ffee', results: [{ path: 'src/rain.js', score: 1, spans: [] }] };
  const reading = { state: 'indexing' as const, commit: null, results: [] };

  const open = async (index = anIndex()) => {
    const fixture = TestBed.createComponent(CodeSearch);
    const host = fixture.nativeElement as HTMLElement;
    const set = (name: string, value: unknown) => fixture.componentRef.setInput(name, value);
    set('sessionId', 's1');
    set('query', 'rain');
    set('index', index);
    await vi.waitFor(() => expect(host.querySelector('.line label, app-empty-state')).not.toBeNull());
    return { fixture, host, set };
  };

  beforeEach(() => {
    asked = 0;
    TestBed.configureTestingModule({ providers: [provideRouter([])] });
    const fetch = async (): Promise<Response> => {
      asked += 1;
      return Response.json({ tookMs: 1, ...(await answer()) });
    };
    client.setConfig({ baseUrl: 'http://localhost', throwOnError: true, fetch });
  });

  it('says during the first index that the code is still being read, and shows what is in it afterwards', async () => {
    answer = () => reading;
    const { host, set } = await open(anIndex({ status: 'running', commit: null }));
    expect(host.textContent).toContain('The code is still being read');
    expect(host.textContent).not.toContain('Nothing in the code is about this');
    answer = () => found;
    set('index', anIndex({ status: 'ready', commit: 'c0ffee' }));
    await vi.waitFor(() => expect(host.textContent).toContain('rain.js'));
  });

  it('is asked again of a newer commit, and keeps what it shows until then', async () => {
    answer = () => found;
    const { fixture, host, set } = await open();
    let release: (result: Partial<SearchResult>) => void = () => undefined;
    answer = () => new Promise((resolve) => (release = resolve));
    set('index', anIndex({ commit: 'f00d' }));
    await vi.waitFor(() => expect(asked).toBe(2));
    expect(host.textContent).toContain('rain.js');
    release({ ...found, commit: 'f00d', results: [{ path: 'src/snow.js', score: 1, spans: [] }] });
    await vi.waitFor(() => expect(host.textContent).toContain('snow.js'));
    await fixture.whenStable();
  });

  it('is not asked again while a newer commit is only being read', async () => {
    answer = () => found;
    const { fixture, set } = await open();
    set('index', anIndex({ status: 'running', filesIndexed: 1 }));
    await fixture.whenStable();
    expect(asked).toBe(1);
  });

  it('says that nothing is about it only where the code has been read', async () => {
    answer = () => ({ ...found, results: [] });
    const { host } = await open();
    expect(host.textContent).toContain('Nothing in the code is about this');
  });
});
