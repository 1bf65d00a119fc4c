import { createPreference } from '#page/platform/preference.ts';

export const THEMES = ['system', 'light', 'dark'] as const;
/** What the visitor chose; `system` follows the device. */
export type Theme = (typeof THEMES)[number];

/** Shared with index.html, whose script reads it before the first paint. */
const preference = createPreference('facebound.theme', THEMES);
const systemIsDark = matchMedia('(prefers-color-scheme: dark)');

function applyTheme(): void {
  const theme = preference.get();
  const dark = theme === 'dark' || (theme === 'system' && systemIsDark.matches);
  document.documentElement.dataset['theme'] = dark ? 'dark' : 'light';
}

systemIsDark.addEventListener('change', applyTheme);

export function setTheme(theme: Theme): void {
  preference.set(theme);
  applyTheme();
}

export const useTheme = preference.use;
