/* Before anything is painted: the theme that was chosen here, or the system's. */
(() => {
  const KEY = 'portfolio-stream.theme';
  const root = document.documentElement;
  const system = matchMedia('(prefers-color-scheme: dark)');
  const stored = () => {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null; // storage is forbidden: the choice lasts as long as the page
    }
  };
  let choice = stored();
  const dark = () => (choice ? choice === 'dark' : system.matches);
  const buttons = new Set();
  const apply = () => {
    root.style.colorScheme = choice || 'light dark';
    root.classList.toggle('dark', dark());
    for (const button of buttons) {
      button.setAttribute('aria-label', dark() ? 'Switch to the light theme' : 'Switch to the dark theme');
      button.title = button.getAttribute('aria-label');
    }
  };
  const toggle = () => {
    const wanted = dark() ? 'light' : 'dark';
    choice = wanted === (system.matches ? 'dark' : 'light') ? null : wanted;
    try {
      choice ? localStorage.setItem(KEY, choice) : localStorage.removeItem(KEY);
    } catch {
      // as above
    }
    apply();
  };
  system.addEventListener('change', apply);
  window.portfolioTheme = {
    bind(button) {
      if (!buttons.has(button)) {
        buttons.add(button);
        button.addEventListener('click', toggle);
      }
      apply();
    },
  };
  apply();
})();
