import { Component, computed, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { EmptyState } from '../../../../ui/empty-state/empty-state';
import { Icon } from '../../../../ui/icon/icon';
import { Markdown } from '../../../../ui/markdown/markdown';
import { Skeleton } from '../../../../ui/skeleton/skeleton';
import { type TerminalEntry, TerminalView } from '../../../../ui/terminal-view/terminal-view';
import type { Step } from './run';
import { StepList, tookInWords } from './step-list';

const endings: Record<string, string> = {
  timeout: 'It was stopped: it took too long.',
  cancelled: 'It was stopped: the solve was cancelled.',
  disk: 'It was stopped: it wrote too much.',
};

/** A command's lines as the terminal shows them. */
const commandLines = (command: string): TerminalEntry[] =>
  command.split('\n').map((text, at) => ({ kind: at ? 'note' : 'command', text }));

/** The agent at work: its steps, and of one of them the thought, the command and the output. */
@Component({
  selector: 'app-run-tab',
  imports: [MatButton, EmptyState, Icon, Markdown, Skeleton, StepList, TerminalView],
  templateUrl: './run-tab.html',
  styleUrl: './run-tab.css',
})
export class RunTab {
  readonly steps = input.required<readonly Step[]>();
  /** The step that was chosen; without one the newest is shown, and the next one when it comes. */
  readonly chosen = input<number>();
  /** More may come. */
  readonly live = input(false);
  /** What is there has not arrived yet. */
  readonly waiting = input(false);
  /** The number of a step, or nothing to follow the newest. */
  readonly choose = output<number | undefined>();

  protected readonly step = computed(() => this.steps().find(({ n }) => n === this.chosen()) ?? this.steps().at(-1));
  protected readonly following = computed(() => this.chosen() === undefined);
  protected readonly running = computed(
    () => this.live() && !this.step()?.result && this.step() === this.steps().at(-1),
  );
  protected readonly lines = computed<readonly TerminalEntry[]>(() => {
    const step = this.step();
    return step ? [...commandLines(step.command), ...step.lines] : [];
  });
  protected readonly ending = computed(() => {
    const result = this.step()?.result;
    if (!result) return '';
    const how = result.exitCode === 0 ? 'Done' : `Exit code ${result.exitCode}`;
    return [`${how} after ${tookInWords(result.durationMs)}.`, endings[result.ended]].filter(Boolean).join(' ');
  });
}
