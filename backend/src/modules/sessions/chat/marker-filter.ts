/** No marker is longer: its attributes are a kind and a path. */
const LONGEST_MARK = 1_000;

/** Takes the markers of a prompt's data out of an answer as it is written: models imitate what they have read. */
export class MarkerFilter {
  private held = '';
  private readonly marker: RegExp;

  /** `tag` of the prompt's DataBoundary. */
  constructor(private readonly tag: string) {
    this.marker = new RegExp(`<${tag}[^>]*>(?:\\n|(?=[^\\n]))|\\n?</${tag}>`, 'g');
  }

  /** @returns what may be shown now: what could become a marker is held back. */
  push(text: string): string {
    this.held = (this.held + text).replace(this.marker, '');
    const open = this.held.lastIndexOf('<');
    if (open >= 0 && this.mayBecomeMarker(this.held.slice(open))) return this.take(this.beforeLineBreak(open));
    return this.take(this.beforeLineBreak(this.held.length));
  }

  /** @returns what was still held back. */
  end(): string {
    this.held = `${this.held} `.replace(this.marker, '').slice(0, -1);
    return this.take(this.held.length);
  }

  private mayBecomeMarker(rest: string): boolean {
    if (rest.length > LONGEST_MARK || /[<>]./s.test(rest.slice(1))) return false;
    return [`<${this.tag}`, `</${this.tag}`].some((begin) => begin.startsWith(rest) || rest.startsWith(begin));
  }

  /** The line break before a marker goes with it. */
  private beforeLineBreak(end: number): number {
    return this.held[end - 1] === '\n' ? end - 1 : end;
  }

  private take(length: number): string {
    const taken = this.held.slice(0, length);
    this.held = this.held.slice(length);
    return taken;
  }
}
