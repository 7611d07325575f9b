import { Service, inject } from '@angular/core';
import { Title } from '@angular/platform-browser';
import { type RouterStateSnapshot, TitleStrategy } from '@angular/router';

/** "Sessions · Yudai": the page first, because a row of tabs shows only the beginning. */
@Service()
export class PageTitle extends TitleStrategy {
  private readonly title = inject(Title);

  override updateTitle(snapshot: RouterStateSnapshot): void {
    this.set(this.buildTitle(snapshot));
  }

  /** For pages whose title is only known once their data is: a session's, an issue's. */
  set(page: string | undefined): void {
    this.title.setTitle(page ? `${page} · Yudai` : 'Yudai');
  }
}
