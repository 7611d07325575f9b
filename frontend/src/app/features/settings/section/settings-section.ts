import { Component, input } from '@angular/core';

/** One part of the settings: its name, what it is for, and its action. */
@Component({
  selector: 'app-settings-section',
  template: `
    <section [attr.aria-labelledby]="'settings-' + name()">
      <div class="head">
        <h2 [id]="'settings-' + name()">{{ heading() }}</h2>
        <ng-content select="[action]" />
      </div>
      <p class="about">{{ about() }}</p>
      <div class="box"><ng-content /></div>
    </section>
  `,
  styles: `
    :host {
      display: block;
    }
    .head {
      display: flex;
      align-items: center;
      gap: var(--s2);
      min-height: 36px;
    }
    h2 {
      flex: 1;
    }
    .about {
      max-width: 70ch;
      margin-bottom: var(--s3);
      font-size: var(--text-13);
      color: var(--text-muted);
    }
    .box {
      border: 1px solid var(--border);
      border-radius: var(--radius);
      overflow: hidden;
      background: var(--surface);
    }
  `,
})
export class SettingsSection {
  /** A word for the heading's id. */
  readonly name = input.required<string>();
  readonly heading = input.required<string>();
  readonly about = input.required<string>();
}
