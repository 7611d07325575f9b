import { CdkTrapFocus } from '@angular/cdk/a11y';
import { CdkConnectedOverlay, CdkOverlayOrigin, type ConnectedPosition } from '@angular/cdk/overlay';
import { Component, computed, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Store } from '@ngrx/store';
import { type ActivityItem, activityTrayActions } from '../../core/activity/activity.actions';
import { activityFeature } from '../../core/activity/activity.feature';
import { Icon } from '../../ui/icon/icon';
import type { IconName } from '../../ui/icon/icons';
import { Progress } from '../../ui/progress/progress';

const kinds: Record<ActivityItem['kind'], { readonly label: string; readonly icon: IconName }> = {
  index: { label: 'Indexing', icon: 'layers' },
  solve: { label: 'Solving', icon: 'terminal' },
  export: { label: 'Exporting', icon: 'download' },
  evaluation: { label: 'Evaluating', icon: 'check' },
};

function linkOf({ kind, id, sessionId }: ActivityItem): readonly string[] | null {
  if (!sessionId) return null;
  if (kind === 'solve') return ['/s', sessionId, 'solves', id];
  return kind === 'evaluation' ? ['/s', sessionId, 'evaluations'] : ['/s', sessionId];
}

/** What goes on by itself, on every page: index jobs, solves, exports and evaluations, and how far they are. */
@Component({
  selector: 'app-activity-tray',
  imports: [CdkTrapFocus, CdkConnectedOverlay, CdkOverlayOrigin, RouterLink, Icon, Progress],
  templateUrl: './activity-tray.html',
  styleUrl: './activity-tray.css',
})
export class ActivityTray {
  private readonly store = inject(Store);
  private readonly items = this.store.selectSignal(activityFeature.selectItems);

  protected readonly open = signal(false);
  protected readonly count = computed(() => this.items().length);
  protected readonly label = computed(() =>
    this.count() ? `Activity, ${this.count()} running` : 'Activity, nothing running',
  );
  protected readonly rows = computed(() =>
    this.items().map((item) => ({
      ...item,
      ...kinds[item.kind],
      link: linkOf(item),
    })),
  );
  protected readonly positions: ConnectedPosition[] = [
    { originX: 'end', originY: 'bottom', overlayX: 'start', overlayY: 'bottom', offsetX: 8 },
    { originX: 'center', originY: 'top', overlayX: 'center', overlayY: 'bottom', offsetY: -8 },
  ];

  protected toggle(): void {
    this.open.update((open) => !open);
    if (this.open()) this.store.dispatch(activityTrayActions.opened());
  }
}
