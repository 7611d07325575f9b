import { Component } from '@angular/core';
import { PageHeader } from '../../../ui/page-header/page-header';
import { Appearance } from '../appearance/appearance';
import { Devices } from '../devices/devices';
import { Limits } from '../limits/limits';
import { Tokens } from '../tokens/tokens';

/** What a person sets for themselves: colours, tokens for their programs, the browsers they are signed in with. */
@Component({
  selector: 'app-settings-page',
  imports: [Appearance, Devices, Limits, PageHeader, Tokens],
  template: `
    <app-page-header heading="Settings" />
    <div class="scroll">
      <div class="page">
        <app-appearance />
        <app-tokens />
        <app-devices />
        <app-limits />
      </div>
    </div>
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
    }
    .scroll {
      flex: 1;
      min-height: 0;
      overflow-y: auto;
    }
    .page {
      display: flex;
      flex-direction: column;
      gap: var(--s8);
      width: min(760px, 100%);
      margin: 0 auto;
      padding: var(--s4) var(--s4) var(--s12);
    }
  `,
})
export class SettingsPage {}
