import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { provideState, provideStore } from '@ngrx/store';
import { client } from '@yudai/sdk';
import { ProblemError } from '../../../../core/problem/problem';
import { sessionsFeature } from '../../../../state/sessions/sessions.feature';
import { aProblem } from '../../../../../testing/samples';
import { CardsStore } from '../../context/cards.store';
import { FileViewer } from './file-viewer';

/** Thousands of lines are drawn, on whatever machine. */
const until = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 4_000 });

describe('a file beside the page', () => {
  /** Lines that the server was asked for, as "3700-8699" or "1-". */
  let asked: string[];
  let totalLines: number;
  /** The most lines of the file that one answer has room for. */
  let room: number;

  const answer = (request: Request): Response => {
    const { searchParams } = new URL(request.url);
    const startLine = Number(searchParams.get('startLine') ?? 1);
    asked.push(`${startLine}-${searchParams.get('endLine') ?? ''}`);
    if (startLine > totalLines) throw new ProblemError(aProblem(404, 'embeddings.lines-not-found'));
    const wished = Number(searchParams.get('endLine') ?? totalLines);
    const endLine = Math.min(wished, totalLines, startLine + room - 1);
    const text = Array.from({ length: endLine - startLine + 1 }, (_, at) => `line ${startLine + at}`).join('\n');
    const path = searchParams.get('path');
    return Response.json({ path, commit: 'c0ffee', startLine, endLine, totalLines, text });
  };

  const open = async (marked?: readonly [number, number]) => {
    const fixture = TestBed.createComponent(FileViewer);
    const host = fixture.nativeElement as HTMLElement;
    const mark = async (lines: readonly [number, number] | undefined): Promise<void> => {
      fixture.componentRef.setInput('marked', lines);
      await fixture.whenStable();
    };
    fixture.componentRef.setInput('sessionId', 's1');
    fixture.componentRef.setInput('path', 'big.sql');
    await mark(marked);
    await until(() => expect(host.querySelector('app-code-view')).not.toBeNull());
    const words = () => host.querySelector('.part')?.textContent.trim() ?? '';
    const button = (name: string) =>
      [...host.querySelectorAll('button')].find((each) => each.textContent.includes(name));
    const press = async (name: string, wanted: string): Promise<void> => {
      button(name)?.click();
      await until(() => expect(words()).toContain(wanted));
    };
    return { fixture, host, mark, words, button, press };
  };

  beforeEach(() => {
    asked = [];
    totalLines = 12_345;
    room = 5_000;
    TestBed.configureTestingModule({
      providers: [
        ...[provideRouter([]), provideStore(), provideState(sessionsFeature)],
        { provide: CardsStore, useValue: { add: vi.fn() } },
      ],
    });
    client.setConfig({ baseUrl: 'http://localhost', throwOnError: true, fetch: answer as unknown as typeof fetch });
  });

  it('shows the part that has the cited lines, with their numbers, and says that it is a part', async () => {
    const { words, host } = await open([6_200, 6_201]);
    expect(asked).toEqual(['3701-']);
    expect(words()).toContain('Lines 3,701–8,700 of 12,345');
    expect(host.querySelector(':scope > [aria-live]')?.textContent).toContain('Lines 3,701–8,700 of 12,345');
    await until(() => expect(host.querySelector('.number')?.getAttribute('data-line')).toBe('3701'));
  });

  it('leads to the earlier and the later lines, and no further than the file', async () => {
    const { button, press, words } = await open([6_200, 6_201]);
    await press('Earlier', 'Lines 1–3,700 of');
    expect(button('Earlier')?.getAttribute('aria-disabled')).toBe('true');
    button('Earlier')?.click();
    await press('Later', 'Lines 3,701–8,700 of');
    await press('Later', 'Lines 8,701–12,345 of');
    expect(button('Later')?.getAttribute('aria-disabled')).toBe('true');
    expect(asked).toEqual(['3701-', '1-3700', '3701-', '8701-']);
    expect(words()).toContain('12,345');
  });

  it('finds cited lines also where lines are so wide that few of them come at once', async () => {
    room = 100;
    const { words, press } = await open([9_000, 9_002]);
    const [, from, to] = /Lines ([\d,]+)–([\d,]+)/.exec(words())?.map((each) => Number(each.replace(',', ''))) ?? [];
    expect(from).toBeLessThanOrEqual(9_000);
    expect(to).toBeGreaterThanOrEqual(9_002);
    await press('Earlier', `–${new Intl.NumberFormat('en').format(from! - 1)} of`);
  });

  it('asks nothing again for lines that are in the part that is shown', async () => {
    const { mark, words } = await open([6_200, 6_201]);
    await mark([8_000, 8_000]);
    await mark([9_000, 9_000]);
    await until(() => expect(words()).toContain('Lines 6,501–11,500'));
    expect(asked).toEqual(['3701-', '6501-']);
  });

  it('says nothing about a file that is whole, and comes whole as long as it can', async () => {
    totalLines = 4_999;
    const { words } = await open([4_990, 4_991]);
    expect([asked, words()]).toEqual([['1-'], '']);
  });

  it.each([120, 7_000])('shows a file of %i lines that has no longer the cited ones, and says so', async (lines) => {
    totalLines = lines;
    const { host } = await open([9_000, 9_010]);
    expect(host.textContent).toContain('big.sql:9000–9010: the file has no such lines');
    await until(() => expect(host.querySelector('.number')).not.toBeNull());
    expect(asked.length).toBeLessThan(4);
  });
});
