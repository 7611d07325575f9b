import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { aMessage } from '../../../../../testing/samples';
import { MessageItem } from './message-item';

describe('an answer', () => {
  it('links one line that it cites, however it writes it, and a range', async () => {
    TestBed.configureTestingModule({ providers: [provideRouter([])] });
    const fixture = TestBed.createComponent(MessageItem);
    const host = fixture.nativeElement as HTMLElement;
    const citations = [
      { path: 'src/a.ts', startLine: 5, endLine: 5, score: 1, verified: true },
      { path: 'src/a.ts', startLine: 7, endLine: 9, score: 1, verified: true },
    ];
    const retrieval = { state: 'found' as const, commit: 'c0ffee', citations };
    const text = 'See [src/a.ts:5-5], [src/a.ts:5], [src/a.ts:7-9] and [src/a.ts:8].';
    fixture.componentRef.setInput('message', aMessage({ role: 'assistant', text, retrieval }));
    const links = () => [...host.querySelectorAll('app-markdown a')].map((each) => each.textContent);
    await vi.waitFor(() => expect(links()).toEqual(['src/a.ts:5-5', 'src/a.ts:5', 'src/a.ts:7-9']));
  });
});
