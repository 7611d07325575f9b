import { Component, DOCUMENT, computed, effect, inject, input, untracked } from '@angular/core';
import { MatButton } from '@angular/material/button';
import type { Trajectory } from '@yudai/sdk';
import { EmptyState } from '../../../../ui/empty-state/empty-state';
import { ErrorState } from '../../../../ui/error-state/error-state';
import { Icon } from '../../../../ui/icon/icon';
import { Skeleton } from '../../../../ui/skeleton/skeleton';
import { parseAnsi } from '../../../../ui/terminal-view/ansi';
import { TrajectoryStore } from './trajectory.store';

type AgentMessage = Trajectory['messages'][number];

const roles: Record<AgentMessage['role'], string> = {
  system: 'Rules',
  user: 'Task',
  assistant: 'Model',
  tool: 'Sandbox',
};

/** Without the colours of a terminal. */
const plain = (text: string): string =>
  text
    .split('\n')
    .map((line) =>
      parseAnsi(line)
        .map((span) => span.text)
        .join(''),
    )
    .join('\n');

/** What the message says, and the commands it gives. */
const textOf = (message: AgentMessage): string =>
  message.role === 'assistant'
    ? [message.content, ...message.toolCalls.map((call) => `${call.name} ${call.arguments}`)].filter(Boolean).join('\n')
    : message.content;

/** Everything the model was told and said, to read and to take away. */
@Component({
  selector: 'app-trajectory-tab',
  imports: [MatButton, EmptyState, ErrorState, Icon, Skeleton],
  providers: [TrajectoryStore],
  templateUrl: './trajectory-tab.html',
  styleUrl: './trajectory-tab.css',
})
export class TrajectoryTab {
  readonly solveId = input.required<string>();
  /** Changes whenever there is more of it. */
  readonly version = input.required<string>();

  private readonly document = inject(DOCUMENT);
  protected readonly store = inject(TrajectoryStore);
  protected readonly rows = computed(() =>
    this.store.messages().map((message) => {
      const text = plain(textOf(message));
      return { role: roles[message.role], text, head: text.split('\n')[0] ?? '' };
    }),
  );

  constructor() {
    effect(() => {
      const solveId = this.solveId();
      this.version();
      untracked(() => this.store.load(solveId));
    });
  }

  /** Puts what is on screen into a file; the server is not asked again. */
  protected download(trajectory: Trajectory): void {
    const file = new Blob([JSON.stringify(trajectory, null, 2)], { type: 'application/json' });
    const link = this.document.createElement('a');
    link.href = URL.createObjectURL(file);
    link.download = `trajectory-${trajectory.solveId}.json`;
    link.click();
    URL.revokeObjectURL(link.href);
  }
}
