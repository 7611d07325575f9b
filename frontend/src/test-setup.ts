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

Object.assign(globalThis, { ResizeObserver: NoResizeObserver });
Object.assign(Element.prototype, { scrollIntoView: () => undefined, scrollTo: () => undefined });
