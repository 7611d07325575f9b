import { box, labelled, pathOf, spotsOf, yOf } from './geometry';

describe('the geometry of a line chart', () => {
  it('leaves a hole where a value is missing, and puts no point there', () => {
    expect(pathOf([0, 1, null, 0.5, 0.5])).toMatch(/^M[\d. ]+L[\d. ]+M[\d. ]+L[\d. ]+$/);
    expect(spotsOf([null, 1]).map(({ at }) => at)).toEqual([1]);
    expect(pathOf([])).toBe('');
  });

  it('keeps every value inside of the field', () => {
    expect([yOf(0), yOf(1)]).toEqual([box.bottom, box.top]);
    const xs = spotsOf(Array.from({ length: 40 }, () => 1)).map(({ x }) => x);
    expect(Math.min(...xs)).toBeGreaterThan(box.left);
    expect(Math.max(...xs)).toBeLessThan(box.width - box.right);
  });

  it('names few places of many, and the only one', () => {
    expect(labelled(1)).toEqual([0]);
    expect(labelled(24).length).toBeLessThanOrEqual(5);
  });
});
