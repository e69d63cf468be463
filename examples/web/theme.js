// SPDX-License-Identifier: BSL-1.0
// Before anything is painted: the theme that was chosen here last; without one the system's.
{
  let theme = null;
  try {
    theme = localStorage.getItem('ctnn-theme');
  } catch { /* storage may be forbidden */ }
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
}
