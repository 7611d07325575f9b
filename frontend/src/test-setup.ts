// jsdom lays nothing out, so it has none of these; Material and the virtual scroll ask for them.
class NoResizeObserver implements ResizeObserver {
  observe(): void {
    // Nothing is ever resized.
  }
  unobserve(): void {
    // See above.
  }
  disconnect(): void {
    // See above.
  }
}

class NoIntersectionObserver extends NoResizeObserver {
  readonly root = null;
}

Object.assign(globalThis, { ResizeObserver: NoResizeObserver, IntersectionObserver: NoIntersectionObserver });
Object.assign(Element.prototype, { scrollIntoView: () => undefined, scrollTo: () => undefined });
