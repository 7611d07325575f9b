import { Component, computed, effect, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  MatDialogActions,
  MatDialogClose,
  MatDialogContent,
  MatDialogRef,
  MatDialogTitle,
} from '@angular/material/dialog';
import type { Session } from '@yudai/sdk';
import { ErrorState } from '../../../ui/error-state/error-state';
import { Icon } from '../../../ui/icon/icon';
import { type ReadFile, largest, readExport } from './exported-file';
import { ImportStore } from './import.store';

/** The most faults of a file that are shown at once. */
const mostFaults = 5;

/** Brings a session in that was exported as JSON, here or elsewhere. Closes with the new session. */
@Component({
  selector: 'app-import-dialog',
  imports: [ErrorState, Icon, MatButton, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogTitle],
  providers: [ImportStore],
  templateUrl: './import-dialog.html',
  styleUrl: './import-dialog.css',
})
export class ImportDialog {
  protected readonly importing = inject(ImportStore);
  protected readonly name = signal('');
  private readonly read = signal<ReadFile | undefined>(undefined);
  protected readonly wrong = computed(() => {
    const read = this.read();
    return read && 'wrong' in read ? read.wrong : undefined;
  });
  protected readonly sound = computed(() => {
    const read = this.read();
    return read && 'body' in read ? read : undefined;
  });
  protected readonly mostFaults = mostFaults;

  constructor() {
    const dialog = inject<MatDialogRef<ImportDialog, Session>>(MatDialogRef);
    effect(() => {
      const session = this.importing.session();
      if (session) dialog.close(session);
    });
  }

  protected async take(file: File | undefined): Promise<void> {
    if (!file) return;
    this.importing.forget();
    this.name.set(file.name);
    if (file.size > largest) {
      const [size, most] = [file.size, largest].map((bytes) => Math.ceil((bytes / 1024 / 1024) * 10) / 10);
      this.read.set({ wrong: `The file has ${size} MB; the server takes no more than ${most} MB.` });
      return;
    }
    this.read.set(readExport(await file.text()));
  }

  protected send(event: Event): void {
    event.preventDefault();
    const sound = this.sound();
    if (sound && !this.importing.busy()) this.importing.send(sound.body);
  }
}
