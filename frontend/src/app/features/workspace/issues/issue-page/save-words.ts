import type { SaveState } from '../draft-editor/draft.store';

const words: Record<SaveState, string> = {
  saved: 'Saved',
  unsaved: 'Not saved yet',
  saving: 'Saving',
  untitled: 'Not saved: a title is needed',
  overtaken: 'Not saved: choose whose words stay',
  failed: 'Not saved',
};

/** How what is on screen stands to what is on the server, in words. */
export const saveInWords = (state: SaveState): string => words[state];
