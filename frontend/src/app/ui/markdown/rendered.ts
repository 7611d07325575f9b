import { Component, input } from '@angular/core';

/** HTML that the server has rendered and sanitised; Angular takes out what would run all the same. */
@Component({
  selector: 'app-rendered',
  template: `<div class="prose" [innerHTML]="html()"></div>`,
  styleUrl: './markdown.css',
})
export class Rendered {
  readonly html = input.required<string>();
}
