import { Component, input } from '@angular/core';
import type { IssuePreview } from '@yudai/sdk';
import { Icon } from '../../../../ui/icon/icon';
import { Rendered } from '../../../../ui/markdown/rendered';

/** An issue as GitHub receives it, what speaks against sending it, and what is there already. */
@Component({
  selector: 'app-sent-preview',
  imports: [Icon, Rendered],
  templateUrl: './sent-preview.html',
  styleUrl: './sent-preview.css',
})
export class SentPreview {
  readonly preview = input.required<IssuePreview>();
  /** It has been sent: nothing needs to be warned of. */
  readonly sent = input(false);
}
