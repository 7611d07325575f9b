import { Ruler, tallest } from './ruler';

const view = 800;

describe('a scroll bar before a list', () => {
  it('is as tall as a list that the browser can draw, and stands where the list stands', () => {
    const ruler = new Ruler(36_000, view);
    expect(ruler.height).toBe(36_000);
    expect(ruler.follow(12_345)).toEqual({ place: 12_345, top: 12_345 });
  });

  describe('of 1,000,000 rows', () => {
    const total = 36_000_000;
    const end = total - view;

    it('is as tall as a browser can draw', () => expect(new Ruler(total, view).height).toBe(tallest));

    it('reaches both ends by being dragged', () => {
      const ruler = new Ruler(total, view);
      expect(ruler.follow(tallest - view).place).toBe(end);
      expect(ruler.follow(0).place).toBe(0);
    });

    it('goes to the same share of the list, give or take a part of it', () => {
      const { place } = new Ruler(total, view).follow(tallest / 2);
      expect(Math.abs(place - total / 2)).toBeLessThan(total / 100);
    });

    it('scrolls short ways pixel by pixel, from one end to the other', () => {
      const ruler = new Ruler(total, view);
      let { top, place } = ruler.goTo(0);
      // A thousand turns of the wheel at a time would take the whole day: it walks around each border of two parts.
      for (let part = 1; part < 240; part++) {
        ({ top, place } = ruler.goTo(part * 150_000 - 500));
        for (let turn = 0; turn < 10; turn++) {
          const before = place;
          ({ top, place } = ruler.follow(top + 100));
          expect(place - before).toBe(100);
          expect(top).toBeGreaterThanOrEqual(0);
          expect(top).toBeLessThanOrEqual(tallest - view);
        }
      }
      expect(ruler.goTo(end)).toEqual({ place: end, top: tallest - view });
    });

    it('never leaves the list', () => {
      const ruler = new Ruler(total, view);
      expect(ruler.goTo(total * 2).place).toBe(end);
      expect(ruler.goTo(-5).place).toBe(0);
    });
  });

  it('has nothing to scroll in a list that is wholly seen', () => {
    expect(new Ruler(360, view).goTo(100)).toEqual({ place: 0, top: 0 });
    expect(new Ruler(0, view).follow(0)).toEqual({ place: 0, top: 0 });
  });
});
