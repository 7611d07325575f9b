import { Service } from '@angular/core';
import type { HLJSApi } from 'highlight.js';
import { type Grammar, grammars } from './languages';
import { splitLines } from './split-lines';

/** Beyond this many characters colouring would hold the page up; the code is shown plain. */
const mostCharacters = 400_000;

/** Colours code. The highlighter and each grammar are loaded when they are first needed. */
@Service()
export class Highlighter {
  private core: Promise<HLJSApi> | undefined;
  private readonly loaded = new Map<Grammar, Promise<void>>();

  /** One piece of safe HTML a line, or nothing when the code is too long or a chunk could not be loaded. */
  async lines(code: string, grammar: Grammar): Promise<string[] | undefined> {
    if (code.length > mostCharacters) return undefined;
    try {
      const core = await this.load();
      await this.register(core, grammar);
      return splitLines(core.highlight(code, { language: grammar, ignoreIllegals: true }).value);
    } catch {
      // Without colours the code is still there to read.
      return undefined;
    }
  }

  private load(): Promise<HLJSApi> {
    this.core ??= import('highlight.js/lib/core').then((module) => module.default);
    return this.core;
  }

  private register(core: HLJSApi, grammar: Grammar): Promise<void> {
    let pending = this.loaded.get(grammar);
    if (!pending) {
      pending = grammars[grammar]().then((module) => core.registerLanguage(grammar, module.default));
      this.loaded.set(grammar, pending);
    }
    return pending;
  }
}
