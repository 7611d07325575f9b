import { CdkTrapFocus } from '@angular/cdk/a11y';
import { CdkConnectedOverlay, CdkOverlayOrigin, type ConnectedPosition } from '@angular/cdk/overlay';
import { Component, computed, input, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { ErrorState } from '../../../../ui/error-state/error-state';
import type { ProblemView } from '../../../../ui/error-state/problem-view';
import { Icon } from '../../../../ui/icon/icon';
import { Picker } from '../../../../ui/picker/picker';

/** One of the names that can be chosen: a label with its colour, a person. */
export interface NameChoice {
  readonly name: string;
  readonly hint?: string | null;
  /** Of a label, as GitHub has it: six hexadecimal digits. */
  readonly colour?: string;
}

const key = (name: string): string => name.toLowerCase();

/** Names that were chosen, as chips, and a list to choose more from. */
@Component({
  selector: 'app-name-chips',
  imports: [CdkConnectedOverlay, CdkOverlayOrigin, CdkTrapFocus, MatButton, ErrorState, Icon, Picker],
  templateUrl: './name-chips.html',
  styleUrl: './name-chips.css',
})
export class NameChips {
  /** What they are, and what one of them is: "Labels", "label". */
  readonly label = input.required<string>();
  readonly one = input.required<string>();
  readonly chosen = input.required<readonly string[]>();
  readonly choices = input.required<readonly NameChoice[]>();
  readonly most = input.required<number>();
  readonly loading = input(false);
  readonly hasMore = input(false);
  readonly problem = input<ProblemView>();
  readonly readonly = input(false);
  /** The list is opened: now its names are needed. */
  readonly needed = output();
  readonly more = output();
  readonly retry = output();
  readonly chose = output<string[]>();

  protected readonly open = signal(false);
  private readonly query = signal('');
  private readonly known = computed(() => new Map(this.choices().map((choice) => [key(choice.name), choice])));
  protected readonly chips = computed(() =>
    this.chosen().map((name): NameChoice => this.known().get(key(name)) ?? { name }),
  );
  protected readonly options = computed(() => {
    const taken = new Set(this.chosen().map(key));
    return this.choices()
      .filter(({ name }) => !taken.has(key(name)) && key(name).includes(key(this.query())))
      .map((value) => ({ id: value.name, label: value.name, value }));
  });
  protected readonly positions: ConnectedPosition[] = [
    { originX: 'start', originY: 'bottom', overlayX: 'start', overlayY: 'top', offsetY: 4 },
    { originX: 'start', originY: 'top', overlayX: 'start', overlayY: 'bottom', offsetY: -4 },
  ];

  protected show(): void {
    this.query.set('');
    this.open.set(true);
    this.needed.emit();
  }

  protected search(text: string): void {
    this.query.set(text.trim());
  }

  protected add({ name }: NameChoice): void {
    this.open.set(false);
    this.chose.emit([...this.chosen(), name]);
  }

  protected remove(name: string): void {
    this.chose.emit(this.chosen().filter((each) => each !== name));
  }
}
