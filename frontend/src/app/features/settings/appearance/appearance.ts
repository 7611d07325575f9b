import { Component, inject } from '@angular/core';
import { Theme, type ThemeChoice } from '../../../core/theme/theme';
import { Icon } from '../../../ui/icon/icon';
import type { IconName } from '../../../ui/icon/icons';
import { SettingsSection } from '../section/settings-section';

/** The colours of the client, in this browser. */
@Component({
  selector: 'app-appearance',
  imports: [Icon, SettingsSection],
  template: `
    <app-settings-section
      name="appearance"
      heading="Appearance"
      about="Kept in this browser; other devices have their own."
    >
      <div class="choices" role="radiogroup" aria-labelledby="settings-appearance">
        @for (choice of choices; track choice.id) {
          <label>
            <input
              type="radio"
              name="theme"
              [value]="choice.id"
              [checked]="choice.id === theme.choice()"
              (change)="theme.choose(choice.id)"
            />
            <app-icon [name]="choice.icon" />
            <span>{{ choice.label }}</span>
          </label>
        }
      </div>
    </app-settings-section>
  `,
  styles: `
    .choices {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(180px, 1fr));
    }
    label {
      display: flex;
      align-items: center;
      gap: var(--s2);
      padding: var(--s3) var(--s4);
      font-size: var(--text-13);
      cursor: pointer;
    }
    label:hover {
      background: var(--surface-hover);
    }
    label:has(:checked) {
      background: var(--surface-selected);
      font-weight: 500;
    }
    label:has(:focus-visible) {
      outline: 2px solid var(--accent);
      outline-offset: -2px;
    }
    input {
      margin: 0;
      accent-color: var(--accent);
      outline: none;
    }
    app-icon {
      color: var(--text-faint);
    }
  `,
})
export class Appearance {
  protected readonly theme = inject(Theme);
  protected readonly choices: readonly {
    readonly id: ThemeChoice;
    readonly label: string;
    readonly icon: IconName;
  }[] = [
    { id: 'system', label: "The system's colours", icon: 'monitor' },
    { id: 'light', label: 'Light', icon: 'sun' },
    { id: 'dark', label: 'Dark', icon: 'moon' },
  ];
}
