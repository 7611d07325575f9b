import { Component, computed, input } from '@angular/core';
import type { TestComparison } from '@yudai/sdk';
import { EmptyState } from '../../../../ui/empty-state/empty-state';
import { Icon } from '../../../../ui/icon/icon';
import type { TestRunView } from '../run/run';

interface Group {
  readonly name: string;
  readonly tone: 'good' | 'danger' | 'neutral';
  readonly tests: readonly string[];
}

/** The repository's tests without and with the change: what it mended, what it broke. */
@Component({
  selector: 'app-tests-tab',
  imports: [EmptyState, Icon],
  templateUrl: './tests-tab.html',
  styleUrl: './tests-tab.css',
})
export class TestsTab {
  /** The server's comparison, once there is one. */
  readonly tests = input<TestComparison>();
  /** The runs as the events told them, before there is a comparison. */
  readonly before = input<TestRunView>();
  readonly after = input<TestRunView>();
  readonly live = input(false);

  protected readonly runs = computed(() =>
    [
      { name: 'Before the change', run: this.tests()?.before ?? this.before() },
      { name: 'With the change', run: this.tests()?.after ?? this.after() },
    ].map(({ name, run }) => ({ name, run })),
  );
  protected readonly any = computed(() => this.runs().some(({ run }) => run));
  protected readonly groups = computed<readonly Group[]>(() => {
    const tests = this.tests();
    if (!tests) return [];
    const still = tests.after.failed.filter((name) => tests.before.failed.includes(name));
    const groups: Group[] = [
      { name: 'Broken by the change', tone: 'danger', tests: tests.regressed },
      { name: 'Mended', tone: 'good', tests: tests.fixed },
      { name: 'Failing as before', tone: 'neutral', tests: still },
    ];
    return groups.filter((group) => group.tests.length > 0);
  });
}
