import { TestBed } from '@angular/core/testing';
import { provideMockActions } from '@ngrx/effects/testing';
import type { Action } from '@ngrx/store';
import { type Card, client } from '@yudai/sdk';
import { Subject } from 'rxjs';
import { aCard, aContext, aProblem } from '../../../../testing/samples';
import { liveActions } from '../../../core/live/live.actions';
import { ProblemError } from '../../../core/problem/problem';
import { Toasts } from '../../../ui/toast/toasts';
import { CardsStore } from './cards.store';
import { PromptStore } from './prompt.store';

const place = { path: 'src/rain.ts', startLine: 2, endLine: 3, commit: 'a'.repeat(40) };
const ofFile = aCard({ id: 'c1', source: 'file', title: 'rain.ts:2-3', content: 'the lines', ...place });
const ofUpload = aCard({ id: 'c3', source: 'upload', title: 'log.txt', content: 'It rained.', attachmentId: 'a1' });
const ofNote = aCard({ id: 'c2', title: 'Note', content: 'Mind the gap.', description: 'Why', pinned: true });

describe('the cards of a session', () => {
  let actions: Subject<Action>;
  /** What the server holds. */
  let held: Card[];
  let asked: { call: string; body: unknown }[];
  /** The commit of the file's card is there no more. */
  let isCommitGone: boolean;

  beforeEach(() => {
    vi.useFakeTimers();
    actions = new Subject();
    [held, asked, isCommitGone] = [[ofFile, ofNote], [], false];
    client.setConfig({ baseUrl: 'http://yudai.test', fetch: answer });
    TestBed.configureTestingModule({ providers: [CardsStore, PromptStore, provideMockActions(() => actions)] });
  });
  afterEach(() => vi.useRealTimers());

  async function answer(input: RequestInfo | URL): Promise<Response> {
    const request = new Request(input);
    const { pathname } = new URL(request.url);
    const text = await request.text();
    const body = text ? (JSON.parse(text) as Partial<Card>) : {};
    asked.push({ call: `${request.method} ${pathname}`, body });
    if (pathname.endsWith('/context')) return Response.json(aContext());
    const id = pathname.split('/').at(-1);
    if (request.method === 'GET') return Response.json({ items: held, nextCursor: null });
    if (request.method === 'DELETE') {
      held = held.filter((card) => card.id !== id);
      return new Response(null, { status: 204 });
    }
    if (request.method === 'POST') {
      if (body.path && isCommitGone) throw new ProblemError(aProblem(404));
      const source = body.attachmentId ? 'upload' : body.path ? 'file' : 'chat';
      const content = body.attachmentId ? ofUpload.content : 'the lines';
      held = [aCard({ id: 'again', source, content, ...body }), ...held];
    } else held = held.map((card) => (card.id === id ? { ...card, ...body } : card));
    return Response.json(held.find((card) => card.id === (request.method === 'POST' ? 'again' : id)));
  }
  const settle = async (ms = 1000): Promise<void> => {
    TestBed.tick();
    await vi.advanceTimersByTimeAsync(ms);
    TestBed.tick();
  };
  const open = async () => {
    const store = TestBed.inject(CardsStore);
    store.show('s1');
    await settle();
    return store;
  };
  /** Deletes a card and takes that back. */
  const deleteAndUndo = async (store: InstanceType<typeof CardsStore>, card: Card, between = () => {}) => {
    store.remove(card);
    await settle();
    between();
    asked = [];
    TestBed.inject(Toasts).items().at(-1)?.action?.run();
    await settle();
  };
  const writes = () => asked.filter(({ call }) => !call.startsWith('GET'));

  it.each([
    ['of a note', ofNote],
    ['of an upload', ofUpload],
    ['of an upload that was retitled and edited', { ...ofUpload, title: 'Rain', content: 'my words', pinned: true }],
    ['of a file', { ...ofFile, pinned: true, description: 'Where it rains' }],
    ['of a file whose words were edited', { ...ofFile, content: 'my words', pinned: true }],
  ])('brings a deleted card %s back as it was', async (_, card) => {
    held = [card];
    const store = await open();
    await deleteAndUndo(store, card);
    expect(held).toEqual([{ ...card, id: 'again' }]);
    expect(store.cards()).toEqual(held);
  });

  it('writes the words of a file anew only where they were edited', async () => {
    await deleteAndUndo(await open(), ofFile);
    expect(writes().map(({ call }) => call)).toEqual(['POST /api/sessions/s1/cards']);
    expect(writes()[0]?.body).not.toHaveProperty('content');
  });

  it('keeps what a card of a file said when its commit is gone', async () => {
    const store = await open();
    isCommitGone = true;
    await deleteAndUndo(store, { ...ofFile, content: 'my words', pinned: true });
    expect(held[0]).toMatchObject({ title: ofFile.title, content: 'my words', pinned: true });
  });

  it('brings a card back into the session it was deleted from', async () => {
    const store = await open();
    await deleteAndUndo(store, ofNote, () => store.show('s2'));
    expect(writes().map(({ call }) => call)).toEqual(['POST /api/sessions/s1/cards']);
  });

  it('shows the card of another member, and what was missed during a break', async () => {
    const store = await open();
    held = [aCard({ id: 'c3' }), ...held];
    actions.next(liveActions.sessionChanged({ sessionId: 's1' }));
    await settle();
    expect(store.cards().map(({ id }) => id)).toContain('c3');
    held = [aCard({ id: 'c4' }), ...held];
    actions.next(liveActions.reconnected());
    await settle();
    expect(store.cards().map(({ id }) => id)).toContain('c4');
  });

  it('asks once for many changes, and not at all for those of other sessions', async () => {
    await open();
    asked = [];
    for (let change = 0; change < 5; change += 1) actions.next(liveActions.sessionChanged({ sessionId: 's1' }));
    actions.next(liveActions.sessionChanged({ sessionId: 's2' }));
    await settle();
    expect(asked.filter(({ call }) => call === 'GET /api/sessions/s1/cards')).toHaveLength(1);
    asked = [];
    actions.next(liveActions.sessionChanged({ sessionId: 's2' }));
    await settle();
    expect(asked).toEqual([]);
  });
});
