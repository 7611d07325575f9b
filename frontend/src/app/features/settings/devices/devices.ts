import { Component, computed, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import type { Login } from '@yudai/sdk';
import { Confirm } from '../../../ui/confirm/confirm';
import { ErrorState } from '../../../ui/error-state/error-state';
import { Icon } from '../../../ui/icon/icon';
import { ReachEnd } from '../../../ui/reach-end/reach-end';
import { absoluteTime } from '../../../ui/relative-time/relative';
import { RelativeTime } from '../../../ui/relative-time/relative-time';
import { Skeleton } from '../../../ui/skeleton/skeleton';
import { SettingsSection } from '../section/settings-section';
import { DevicesStore } from './devices.store';
import { programOf } from './program';

/** The browsers a person is signed in with, and the way out of each. */
@Component({
  selector: 'app-devices',
  imports: [MatButton, ErrorState, Icon, ReachEnd, RelativeTime, SettingsSection, Skeleton],
  providers: [DevicesStore],
  templateUrl: './devices.html',
  styleUrl: '../section/rows.css',
})
export class Devices {
  private readonly confirm = inject(Confirm);
  protected readonly devices = inject(DevicesStore);
  protected readonly rows = computed(() =>
    this.devices.items().map((login) => ({ login, program: programOf(login.userAgent) })),
  );
  protected readonly hasOthers = computed(() => this.devices.items().some(({ current }) => !current));

  constructor() {
    this.devices.show('mine');
  }

  protected async end({ id, ip, lastUsedAt }: Login, program: string): Promise<void> {
    const sure = await this.confirm.ask({
      title: `Sign out ${program}?`,
      text: 'Its open pages end at once. Whoever sits there has to sign in with GitHub again.',
      details: [
        { label: 'Address', value: ip ?? 'not known' },
        { label: 'Last used', value: absoluteTime(Date.parse(lastUsedAt)) },
      ],
      confirm: 'Sign it out',
      danger: true,
    });
    if (sure) this.devices.end({ id, program });
  }

  protected async endOthers(): Promise<void> {
    const sure = await this.confirm.ask({
      title: 'Sign out every other device?',
      text: 'Their open pages end at once. This browser stays signed in, and API tokens keep working.',
      confirm: 'Sign them out',
      danger: true,
    });
    if (sure) this.devices.endOthers();
  }
}
