import type { Storage } from './git/storage.js';
import type { Links } from './links.js';
import type { State } from './state/state.js';
import type { Events } from './webhooks/events.js';

/** What the parts of the forge share. */
export interface Forge {
  readonly state: State;
  readonly storage: Storage;
  readonly links: Links;
  readonly events: Events;
}
