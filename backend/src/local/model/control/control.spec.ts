import { Faults } from './faults.js';
import { Ledger } from './ledger.js';
import { Scripts } from './scripts.js';

describe('faults', () => {
  it('are used up one after the other', () => {
    const faults = new Faults();
    faults.add({ kind: 'error', times: 2 });
    faults.add({ kind: 'slow' });
    expect([1, 2, 3, 4].map(() => faults.take('', 'chat')?.kind)).toEqual(['error', 'error', 'slow', undefined]);
  });

  it('wait for the request that they are meant for', () => {
    const faults = new Faults();
    faults.add({ kind: 'cut', match: 'canary' });
    faults.add({ kind: 'bad-citation' });
    expect(faults.take('something else', 'solve')).toBeUndefined();
    expect(faults.take('with a canary in it', 'draft')?.kind).toBe('cut');
    expect(faults.take('something else', 'chat')?.kind).toBe('bad-citation');
  });

  it('a fix that is skipped stays skipped until the solve ends', () => {
    const faults = new Faults();
    const fault = faults.add({ kind: 'skip-fix' });
    expect(faults.take('', 'chat')).toBeUndefined();
    expect(faults.take('', 'solve')).toBe(fault);
    expect(faults.take('', 'solve')).toBe(fault);
    faults.use(fault);
    expect(faults.take('', 'solve')).toBeUndefined();
  });

  it('of an unknown kind are refused', () => {
    expect(() => new Faults().add({ kind: 'explode' })).toThrow();
  });
});

describe('scripts', () => {
  it('answer the requests that they are meant for, one turn each', () => {
    const scripts = new Scripts();
    scripts.add({
      match: 'canary',
      turns: [{ text: 'one' }, { tool: { name: 'bash', argument: { command: 'env' } } }],
    });
    expect(scripts.take('something else')).toBeUndefined();
    expect(scripts.take('a canary')?.text).toBe('one');
    expect(scripts.take('a canary')?.tool?.argument).toEqual({ command: 'env' });
    expect(scripts.take('a canary')).toBeUndefined();
  });
});

describe('ledger', () => {
  const entry = (id: number): Parameters<Ledger['record']>[0] => ({
    at: '',
    path: '/',
    requestId: String(id),
    status: 200,
    body: null,
  });

  it('keeps the last requests, in bounds of number and size', () => {
    const ledger = new Ledger();
    for (let id = 0; id < 3_000; id += 1) ledger.record(entry(id), 10);
    expect(ledger.list()).toHaveLength(2_000);
    expect(ledger.list().at(-1)?.requestId).toBe('2999');
    ledger.record(entry(3_000), 99_999_999);
    expect(ledger.list().map(({ requestId }) => requestId)).toEqual(['3000']);
  });
});
