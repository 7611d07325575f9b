import tokens from './tokens.css' with { loader: 'text' };

/** Relative luminance of a colour written as #rrggbb (WCAG 2.2). */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

const colours = new Map(
  [...tokens.matchAll(/--([\w-]+):\s*light-dark\((#\w{6}),\s*(#\w{6})\)/g)].map(
    ([, name = '', light = '', dark = '']) => [name, { light, dark }],
  ),
);

const surfaces = ['canvas', 'surface', 'surface-sunken', 'surface-raised', 'surface-hover'];
const pairs: [text: string, on: string[]][] = [
  ...['text', 'text-muted', 'text-faint', 'accent-text'].map((text): [string, string[]] => [text, surfaces]),
  ['text', ['surface-selected', 'diff-added', 'diff-removed']],
  ['text-muted', ['surface-selected', 'diff-hunk']],
  ['text-faint', ['diff-added', 'diff-removed']],
  ['accent-text', ['accent-soft', 'surface-selected']],
  ['on-accent', ['accent', 'accent-hover']],
  ...['info', 'good', 'warning', 'danger'].map((name): [string, string[]] => [
    name,
    [`${name}-soft`, 'surface', 'surface-raised'],
  ]),
  ...['keyword', 'string', 'number', 'title', 'type', 'comment'].map((name): [string, string[]] => [
    `code-${name}`,
    ['surface', 'surface-sunken', 'diff-added', 'diff-removed'],
  ]),
];

describe('the colours', () => {
  const cases = pairs.flatMap(([text, on]) => on.map((surface) => [text, surface] as const));

  it.each(cases)('%s is readable on %s in both themes', (text, surface) => {
    const [front, back] = [colours.get(text), colours.get(surface)];
    expect(front).toBeDefined();
    expect(back).toBeDefined();
    expect(contrast(front!.light, back!.light)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(front!.dark, back!.dark)).toBeGreaterThanOrEqual(4.5);
  });

  it('the border of a field can be seen', () => {
    const [border, back] = [colours.get('control-border')!, colours.get('surface')!];
    expect(contrast(border.light, back.light)).toBeGreaterThanOrEqual(3);
    expect(contrast(border.dark, back.dark)).toBeGreaterThanOrEqual(3);
  });
});
