/** What the panel beside the conversation can show; the name stands in the address. */
export const panelViews = ['context', 'files', 'issues', 'solves'] as const;
export type PanelView = (typeof panelViews)[number];

/** In the address: the panel is closed although it would be open by itself. */
export const closedPanel = 'none';

export const isPanelView = (name: string | undefined): name is PanelView =>
  (panelViews as readonly (string | undefined)[]).includes(name);

/** "12-30" or "12" as first and last line; nothing when it is neither. */
export function parseLines(text: string | undefined): readonly [number, number] | undefined {
  const found = /^(\d{1,7})(?:-(\d{1,7}))?$/.exec(text ?? '');
  if (!found) return undefined;
  const from = Number(found[1]);
  const to = Number(found[2] ?? found[1]);
  return from >= 1 && to >= from ? [from, to] : undefined;
}
