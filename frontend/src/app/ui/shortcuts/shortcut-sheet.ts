import { Component, computed, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatDialogActions, MatDialogClose, MatDialogContent, MatDialogTitle } from '@angular/material/dialog';
import { Shortcuts, keyCaps } from './shortcuts';

/** Every key that works on the page it was opened over. */
@Component({
  selector: 'app-shortcut-sheet',
  imports: [MatButton, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogTitle],
  template: `
    <h2 mat-dialog-title>Keyboard</h2>
    <mat-dialog-content>
      @for (group of groups(); track group.name) {
        <h3>{{ group.name }}</h3>
        <dl>
          @for (shortcut of group.shortcuts; track shortcut.keys) {
            <div>
              <dt>{{ shortcut.label }}</dt>
              <dd>
                @for (cap of shortcut.caps; track $index) {
                  <kbd>{{ cap }}</kbd>
                }
              </dd>
            </div>
          }
        </dl>
      }
    </mat-dialog-content>
    <mat-dialog-actions align="end"><button matButton type="button" mat-dialog-close>Close</button></mat-dialog-actions>
  `,
  styles: `
    h3 {
      margin: var(--s3) 0 var(--s1);
      font-size: var(--text-12);
      color: var(--text-faint);
    }
    dl > div {
      display: flex;
      justify-content: space-between;
      gap: var(--s6);
      padding: 6px 0;
      border-bottom: 1px solid var(--border);
      color: var(--text);
      font-size: var(--text-13);
    }
    dd {
      display: flex;
      gap: 4px;
    }
    kbd {
      min-width: 22px;
      padding: 0 5px;
      border: 1px solid var(--border-strong);
      border-radius: 4px;
      background: var(--surface-sunken);
      font-size: var(--text-12);
      line-height: 18px;
      text-align: center;
    }
  `,
})
export class ShortcutSheet {
  private readonly shortcuts = inject(Shortcuts);
  protected readonly groups = computed(() => {
    const groups = Map.groupBy(this.shortcuts.active(), (shortcut) => shortcut.group);
    return [...groups].map(([name, list]) => ({
      name,
      shortcuts: list.map((shortcut) => ({ ...shortcut, caps: keyCaps(shortcut.keys) })),
    }));
  });
}
