import { Component, computed, input, linkedSignal } from '@angular/core';

/**
 * A person's picture, and their initials until it has loaded or when it cannot be had. The page's policy loads nothing
 * from elsewhere (a picture there would tell its host who looks at what), so only our own pictures are asked for.
 */
@Component({
  selector: 'app-avatar',
  template: `
    <span aria-hidden="true" [attr.data-initials]="initials()"></span>
    @if (shown(); as source) {
      <img [src]="source" alt="" referrerpolicy="no-referrer" (error)="shown.set('')" />
    }
  `,
  host: { '[style.--size]': 'size() + "px"' },
  styles: `
    :host {
      display: inline-grid;
      place-items: center;
      flex: none;
      position: relative;
      width: var(--size);
      height: var(--size);
      border-radius: 50%;
      overflow: hidden;
      background: var(--accent-soft);
      color: var(--accent-text);
      font-size: calc(var(--size) * 0.42);
      font-weight: 600;
      line-height: 1;
      user-select: none;
    }
    /* Drawn, not written: the name beside it is the text. */
    span::before {
      content: attr(data-initials);
    }
    img {
      position: absolute;
      inset: 0;
      width: 100%;
      height: 100%;
      object-fit: cover;
    }
  `,
})
export class Avatar {
  readonly login = input.required<string>();
  readonly url = input<string | null>();
  /** Width and height in CSS pixels. */
  readonly size = input(24);

  protected readonly initials = computed(() => this.login().slice(0, 2).toUpperCase());
  protected readonly shown = linkedSignal(() => (/^(\/(?!\/)|data:image\/)/.test(this.url() ?? '') ? this.url() : ''));
}
