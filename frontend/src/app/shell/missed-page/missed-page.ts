import { Component } from '@angular/core';
import { MissedPart } from '../../ui/missed-part/missed-part';

/** The first page of a visit, when its code could not be fetched. It is part of what every visit begins with. */
@Component({
  selector: 'app-missed-page',
  imports: [MissedPart],
  template: `
    <main>
      <h1 class="visually-hidden">Yudai</h1>
      <app-missed-part what="This page" />
    </main>
  `,
  styles: `
    main {
      max-width: 560px;
      margin: 15vh auto 0;
    }
  `,
})
export class MissedPage {}
