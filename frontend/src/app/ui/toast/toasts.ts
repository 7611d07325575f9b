import { Service, signal } from '@angular/core';

/** One short notice at the lower edge, with at most one action (usually "Undo"). */
export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly tone: 'neutral' | 'danger';
  readonly action?: { readonly label: string; readonly run: () => void };
}

/** Milliseconds: long enough to read, longer when there is something to decide. */
const plainTime = 4000;
const actionTime = 8000;

/** The notices on screen. The newest three are kept. */
@Service()
export class Toasts {
  private readonly list = signal<readonly Toast[]>([]);
  private next = 1;
  readonly items = this.list.asReadonly();

  show(text: string, action?: Toast['action']): void {
    this.add({ id: this.next++, text, tone: 'neutral', action });
  }

  /** Failures stay until they are dismissed: nobody should miss one by looking away. */
  fail(text: string, action?: Toast['action']): void {
    this.add({ id: this.next++, text, tone: 'danger', action });
  }

  dismiss(id: number): void {
    this.list.update((all) => all.filter((toast) => toast.id !== id));
  }

  private add(toast: Toast): void {
    this.list.update((all) => [...all.filter((other) => other.text !== toast.text), toast].slice(-3));
    if (toast.tone === 'danger') return;
    setTimeout(() => this.dismiss(toast.id), toast.action ? actionTime : plainTime);
  }
}
