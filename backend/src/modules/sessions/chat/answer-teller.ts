/** Tells the readers of one answer. What comes while Redis is busy goes out together; the model is never held up by it. */
export class AnswerTeller {
  private pending = '';
  private writing: Promise<void> | undefined;

  /** `append` does not fail. */
  constructor(private readonly append: (event: string, data: unknown) => Promise<void>) {}

  delta(text: string): void {
    this.pending += text;
    this.writing ??= this.flush().finally(() => {
      this.writing = undefined;
    });
  }

  /** After everything that was told before. */
  async event(name: 'context' | 'done' | 'error', data: unknown): Promise<void> {
    await this.flushed();
    await this.append(name, data);
  }

  /** Resolves when everything has gone out. */
  async flushed(): Promise<void> {
    await this.writing;
  }

  private async flush(): Promise<void> {
    while (this.pending !== '') {
      const text = this.pending;
      this.pending = '';
      await this.append('delta', { text });
    }
  }
}
