// The reference follows the theme that was chosen in the playground, see theme_button.ts there.
try {
  const theme = localStorage.getItem('synthgen-theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Without storage nothing was chosen.
}
