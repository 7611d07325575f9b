import { DestroyRef, Directive, ElementRef, inject, output } from '@angular/core';

/** Tells when the reader has come near the end of a list: put it on the element after the last row. */
@Directive({ selector: '[appReachEnd]' })
export class ReachEnd {
  readonly appReachEnd = output();

  constructor() {
    const element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) this.appReachEnd.emit();
      },
      { rootMargin: '400px' },
    );
    observer.observe(element);
    inject(DestroyRef).onDestroy(() => observer.disconnect());
  }
}
