import { Component, ElementRef, afterNextRender, computed, inject, input, output } from '@angular/core';
import { MatIconButton } from '@angular/material/button';
import type { Session } from '@yudai/sdk';
import { Icon } from '../../../ui/icon/icon';
import { MissedPart } from '../../../ui/missed-part/missed-part';
import { Skeleton } from '../../../ui/skeleton/skeleton';
import { Tabs } from '../../../ui/tabs/tabs';
import { ContextTab } from '../context/context-tab/context-tab';
import { FileViewer } from '../files/file-viewer/file-viewer';
import { FilesTab } from '../files/files-tab/files-tab';
import { IssuesTab } from '../issues/issues-tab/issues-tab';
import { SolvesTab } from '../solves/solves-tab/solves-tab';
import { type PanelView, closedPanel } from './views';
import { workspaceTabs } from './workspace-tabs';

/** The panel beside the conversation: its tabs, and over them a file that was opened. */
@Component({
  selector: 'app-workspace-panel',
  imports: [MatIconButton, Icon, Tabs, ContextTab, FileViewer, FilesTab, IssuesTab, MissedPart, Skeleton, SolvesTab],
  template: `
    <div class="bar">
      <app-tabs
        label="Parts of the session"
        panelId="panel"
        [tabs]="tabs()"
        [selected]="view()"
        (choose)="choose.emit($event)"
      />
      <button matIconButton type="button" aria-label="Close the panel" title="Close (.)" (click)="choose.emit(closed)">
        <app-icon name="close" />
      </button>
    </div>
    <h2 class="visually-hidden">{{ heading() }}</h2>
    <div id="panel" role="tabpanel" tabindex="-1" [attr.aria-labelledby]="'panel-tab-' + view()">
      @if (file(); as path) {
        @defer (on immediate) {
          <app-file-viewer [sessionId]="sessionId()" [path]="path" [marked]="marked()" [commit]="commit()" />
        } @placeholder {
          <app-skeleton [rows]="20" [rowHeight]="20" />
        } @error {
          <app-missed-part />
        }
      } @else {
        @switch (view()) {
          @case ('context') {
            @defer (on immediate) {
              <app-context-tab />
            } @placeholder {
              <app-skeleton [rows]="4" [rowHeight]="64" />
            } @error {
              <app-missed-part />
            }
          }
          @case ('files') {
            @defer (on immediate) {
              <app-files-tab [sessionId]="sessionId()" [session]="session()" />
            } @placeholder {
              <app-skeleton [rows]="12" [rowHeight]="28" [leading]="true" />
            } @error {
              <app-missed-part />
            }
          }
          @case ('issues') {
            <app-issues-tab [sessionId]="sessionId()" />
          }
          @case ('solves') {
            <app-solves-tab [sessionId]="sessionId()" />
          }
        }
      }
    </div>
  `,
  styleUrl: './workspace-panel.css',
})
export class WorkspacePanel {
  readonly sessionId = input.required<string>();
  readonly session = input.required<Session | undefined>();
  readonly view = input.required<PanelView>();
  /** It lies over the conversation, and leads back there. */
  readonly narrow = input(false);
  readonly file = input<string>();
  readonly marked = input<readonly [number, number]>();
  readonly commit = input<string>();
  /** A view, `chat`, or that the panel is to be closed. */
  readonly choose = output<string>();

  protected readonly closed = closedPanel;
  protected readonly tabs = computed(() => workspaceTabs(this.session(), this.narrow()));
  protected readonly heading = computed(() => this.tabs().find(({ id }) => id === this.view())?.label ?? '');
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;

  constructor() {
    // What lies over the page takes the focus; beside it, the reader's place is kept.
    afterNextRender({
      read: () => this.narrow() && this.host.querySelector<HTMLElement>('[aria-selected=true]')?.focus(),
    });
  }
}
