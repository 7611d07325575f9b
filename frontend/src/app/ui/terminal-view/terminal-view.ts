import { CdkFixedSizeVirtualScroll, CdkVirtualForOf, CdkVirtualScrollViewport } from '@angular/cdk/scrolling';
import { Component, afterRenderEffect, computed, input, linkedSignal, viewChild } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { CopyButton } from '../copy-button/copy-button';
import { Icon } from '../icon/icon';
import { TerminalLine } from './terminal-line';

/** One line of a run, already cut at its line break. */
export interface TerminalEntry {
  readonly kind: 'command' | 'output' | 'error' | 'note';
  readonly text: string;
}

const lineHeight = 18;
/** Closer to the end than this counts as "at the end". */
const slack = 2 * lineHeight;

/**
 * A program's output as it comes in. It follows the end until the reader scrolls away, and again when they come back.
 * Only what is in view is drawn, so a hundred thousand lines cost no more than fifty.
 */
@Component({
  selector: 'app-terminal-view',
  imports: [
    CdkFixedSizeVirtualScroll,
    CdkVirtualForOf,
    CdkVirtualScrollViewport,
    MatButton,
    CopyButton,
    Icon,
    TerminalLine,
  ],
  templateUrl: './terminal-view.html',
  styleUrl: './terminal-view.css',
})
export class TerminalView {
  /** The whole output so far; it only ever grows. */
  readonly lines = input.required<readonly TerminalEntry[]>();
  readonly label = input('Output');
  /** Whether more is to come. */
  readonly live = input(false);

  protected readonly lineHeight = lineHeight;
  protected readonly following = linkedSignal(() => this.live());
  protected readonly text = computed(() =>
    this.lines()
      .map((line) => line.text)
      .join('\n'),
  );
  private readonly viewport = viewChild.required(CdkVirtualScrollViewport);

  constructor() {
    afterRenderEffect(() => {
      this.lines();
      if (this.following()) this.toEnd();
    });
  }

  protected follow(): void {
    this.following.set(true);
    this.toEnd();
  }

  protected scrolled(): void {
    if (!this.live()) return;
    this.following.set(this.viewport().measureScrollOffset('bottom') <= slack);
  }

  private toEnd(): void {
    this.viewport().scrollTo({ bottom: 0 });
  }
}
