import { Service } from '@angular/core';

const prefix = 'yudai.';
/** What belongs to the person who is signed in, as against to the screen (theme, widths). */
const personal = `${prefix}mine.`;

/**
 * What this browser keeps between visits. A browser that keeps nothing (storage blocked or full) makes every value
 * last as long as the page, and nothing fails.
 */
@Service()
export class Kept {
  private readonly memory = new Map<string, string>();

  read(key: string): string | null {
    try {
      return localStorage.getItem(prefix + key);
    } catch {
      return this.memory.get(prefix + key) ?? null;
    }
  }

  write(key: string, value: string): void {
    try {
      if (value === '') localStorage.removeItem(prefix + key);
      else localStorage.setItem(prefix + key, value);
    } catch {
      this.memory.set(prefix + key, value);
    }
  }

  /** Drafts and the like, which must not outlive the login. */
  readPersonal(key: string): string | null {
    return this.read(`mine.${key}`);
  }

  writePersonal(key: string, value: string): void {
    this.write(`mine.${key}`, value);
  }

  /** Says whose browser this is now; what another person left here is forgotten. */
  belongTo(userId: string): void {
    if (this.readPersonal('owner') === userId) return;
    this.forgetPerson();
    this.writePersonal('owner', userId);
  }

  forgetPerson(): void {
    this.memory.clear();
    try {
      for (const key of Object.keys(localStorage)) if (key.startsWith(personal)) localStorage.removeItem(key);
    } catch {
      // Nothing was kept, so there is nothing to forget.
    }
  }
}
