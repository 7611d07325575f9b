/**
 * Runs in the page. What can be scrolled sideways although it should not: the page itself, and every part of it that
 * is not code. Rows of tabs may run over on a phone, as they do everywhere.
 */
export function sidewaysScrollers(): string[] {
  const named = (element: Element): string => {
    const classes = [...element.classList].map((name) => `.${name}`).join('');
    return `${element.localName}${element.id ? `#${element.id}` : ''}${classes}`;
  };
  const root = document.documentElement;
  const found: string[] = [];
  if (root.scrollWidth > root.clientWidth) {
    const widest = [...document.querySelectorAll('body *')].find(
      (element) => element.getBoundingClientRect().right > root.clientWidth + 1,
    );
    found.push(`the page: ${root.scrollWidth} > ${root.clientWidth}, by ${widest ? named(widest) : 'nothing visible'}`);
  }
  // What lies over the page is cut off rather than scrolled.
  for (const pane of document.querySelectorAll('.cdk-overlay-pane > *')) {
    const { left, right, width } = pane.getBoundingClientRect();
    if (width > 0 && (left < -1 || right > root.clientWidth + 1)) found.push(`${named(pane)} is cut off`);
  }
  for (const element of document.querySelectorAll('body *')) {
    if (element.scrollWidth <= element.clientWidth + 1) continue;
    const { overflowX } = getComputedStyle(element);
    if (overflowX !== 'auto' && overflowX !== 'scroll') continue;
    const isCode =
      element.closest('pre, code, table, .code, app-code-view, app-diff-view, app-terminal-view') !== null ||
      element.querySelector(':scope > pre, :scope > code') !== null;
    if (!isCode && element.getAttribute('role') !== 'tablist') found.push(named(element));
  }
  return found;
}
