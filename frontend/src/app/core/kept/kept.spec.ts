import { Kept } from './kept';

describe('Kept', () => {
  beforeEach(() => localStorage.clear());
  afterEach(() => vi.restoreAllMocks());

  it('D17: forgets what belongs to a person and keeps what belongs to the screen', () => {
    const kept = new Kept();
    kept.writePersonal('draft.1', 'secret thoughts');
    kept.write('theme', 'dark');
    kept.forgetPerson();
    expect(kept.readPersonal('draft.1')).toBeNull();
    expect(kept.read('theme')).toBe('dark');
  });

  it('D17: shows nobody the drafts of the person before, even without a sign-out', () => {
    const kept = new Kept();
    kept.belongTo('ada');
    kept.writePersonal('draft.1', 'secret thoughts');
    kept.belongTo('ada');
    expect(kept.readPersonal('draft.1')).toBe('secret thoughts');
    kept.belongTo('bob');
    expect(kept.readPersonal('draft.1')).toBeNull();
  });

  it('works in a browser that keeps nothing', () => {
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('blocked', 'SecurityError');
    });
    vi.spyOn(Storage.prototype, 'getItem').mockImplementation(() => {
      throw new DOMException('blocked', 'SecurityError');
    });
    const kept = new Kept();
    kept.writePersonal('draft.1', 'text');
    expect(kept.readPersonal('draft.1')).toBe('text');
  });
});
