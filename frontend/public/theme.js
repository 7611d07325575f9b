// Runs before the first paint, so that a theme chosen by hand does not flash the other one. Kept in step with core/theme.
try {
  const theme = localStorage.getItem('yudai.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be blocked; the system's theme applies then.
}
