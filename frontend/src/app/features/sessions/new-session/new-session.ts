import { Component, computed, effect, inject, input, linkedSignal, signal } from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import { Router, RouterLink } from '@angular/router';
import { Store } from '@ngrx/store';
import type { Repository } from '@yudai/sdk';
import { sessionsPageActions } from '../../../state/sessions/sessions-page.actions';
import { sessionsFeature } from '../../../state/sessions/sessions.feature';
import { ErrorState } from '../../../ui/error-state/error-state';
import { Icon } from '../../../ui/icon/icon';
import { PageHeader } from '../../../ui/page-header/page-header';
import { Picker } from '../../../ui/picker/picker';
import { Skeleton } from '../../../ui/skeleton/skeleton';
import { showInvisible } from '../../../ui/text/invisible';
import { BranchesStore, RepositoriesStore, RepositoryStore } from './repositories.store';
import { RepositoryOption } from './repository-option';

/** Where a session starts: a repository, a branch, and if one likes a name. The choice stands in the address. */
@Component({
  selector: 'app-new-session',
  imports: [MatButton, MatIconButton, RouterLink, ErrorState, Icon, PageHeader, Picker, RepositoryOption, Skeleton],
  providers: [BranchesStore, RepositoriesStore, RepositoryStore],
  templateUrl: './new-session.html',
  styleUrl: './new-session.css',
})
export class NewSession {
  /** `owner/name`, from the address. */
  readonly repo = input<string>();
  readonly branch = input<string>();

  private readonly store = inject(Store);
  private readonly router = inject(Router);
  protected readonly repositories = inject(RepositoriesStore);
  protected readonly branches = inject(BranchesStore);
  protected readonly chosen = inject(RepositoryStore);
  protected readonly creating = this.store.selectSignal(sessionsFeature.selectCreateView);

  protected readonly title = signal('');
  protected readonly branchQuery = signal('');
  protected readonly repository = computed(() => (this.repo() ? this.chosen.items()[0] : undefined));
  protected readonly branchName = linkedSignal(() => this.branch() ?? this.repository()?.defaultBranch ?? '');

  protected readonly repositoryOptions = computed(() =>
    this.repositories.items().map((value) => ({ id: value.fullName, label: value.fullName, value })),
  );
  protected readonly branchOptions = computed(() => {
    const query = this.branchQuery().toLowerCase();
    return this.branches
      .items()
      .filter(({ name }) => name.toLowerCase().includes(query))
      .map((value) => ({ id: value.name, label: showInvisible(value.name), value }));
  });

  constructor() {
    this.repositories.show('');
    const path = computed(
      () => {
        const [owner, repo] = this.repo()?.split('/') ?? [];
        return owner && repo ? { owner, repo } : undefined;
      },
      { equal: (a, b) => a?.owner === b?.owner && a?.repo === b?.repo },
    );
    effect(() => {
      const named = path();
      if (!named) return;
      this.chosen.show(named);
      this.branches.show(named);
    });
  }

  protected choose(repository: Repository): void {
    void this.router.navigate([], { queryParams: { repo: repository.fullName } });
  }

  protected changeRepository(): void {
    void this.router.navigate([], { queryParams: {} });
  }

  protected start(event: Event): void {
    event.preventDefault();
    const repository = this.repository();
    const branch = this.branchName();
    if (!repository || !branch || this.creating().busy) return;
    const title = this.title().trim();
    const { owner, name: repo } = repository;
    this.store.dispatch(
      sessionsPageActions.createAsked({ session: { owner, repo, branch, ...(title ? { title } : {}) } }),
    );
  }
}
