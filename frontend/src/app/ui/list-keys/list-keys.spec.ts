import { Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { ListKeys } from './list-keys';

@Component({
  selector: 'app-host',
  imports: [ListKeys],
  template: `<ul appListKeys>
    @for (name of ['a', 'b', 'c']; track name) {
      <li>
        <a [href]="'#' + name" data-row>{{ name }}</a>
      </li>
    }
  </ul>`,
})
class Host {}

describe('ListKeys', () => {
  it('walks through the rows and stops at both ends', async () => {
    const fixture = TestBed.createComponent(Host);
    document.body.append(fixture.nativeElement as HTMLElement);
    await fixture.whenStable();
    const seen = 'jjjjkkkk'.split('').map((key) => {
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
      return document.activeElement?.textContent;
    });
    expect(seen).toEqual(['a', 'b', 'c', 'c', 'b', 'a', 'a', 'a']);
  });
});
