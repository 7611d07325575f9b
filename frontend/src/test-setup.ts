// jsdom lays nothing out, so it has neither of these; Material and the virtual scroll ask for both.
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
Object.assign(Element.prototype, { scrollIntoView: () => undefined });
