// Runs before the first paint, so that the page never flashes in the other theme. A file of its own because the
// Content-Security-Policy allows no inline script.
(() => {
  const chosen = rememberedTheme();
  const dark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';

  /** A browser that blocks site data throws at the mere mention of its storage. */
  function rememberedTheme() {
    try {
      return localStorage.getItem('facebound.theme');
    } catch {
      return null;
    }
  }
})();
