// SPDX-License-Identifier: BSL-1.0
// Light and dark, by choice.

/** The button goes from the system's theme to light to dark and back; theme.js applies the choice before anything is seen. */
export function setUpTheme(button, label) {
  const order = ['system', 'light', 'dark'];
  const show = () => {
    const theme = document.documentElement.dataset.theme ?? 'system';
    label.textContent = `Theme: ${theme}`;
    button.setAttribute('aria-label', `Theme: ${theme}. Change it.`);
  };
  button.addEventListener('click', () => {
    const theme = order[(order.indexOf(document.documentElement.dataset.theme ?? 'system') + 1) % order.length];
    if (theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    try {
      localStorage.setItem('ctnn-theme', theme);
    } catch { /* then it lasts as long as the page */ }
    show();
  });
  show();
}
