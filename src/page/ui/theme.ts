import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { visitorStorage } from '#page/platform/browser-storage.ts';

export const THEMES = ['system', 'light', 'dark'] as const;
/** What the visitor chose; `system` follows the device. */
export type Theme = (typeof THEMES)[number];

/** Shared with public/theme.js, which reads it before the first paint. */
const THEME_KEY = 'facebound.theme';
const systemIsDark = matchMedia('(prefers-color-scheme: dark)');

function rememberedTheme(): Theme {
  const stored = visitorStorage.get(THEME_KEY);
  return THEMES.find((theme) => theme === stored) ?? 'system';
}

const themeStore = createStore<{ theme: Theme }>()(() => ({ theme: rememberedTheme() }));

function applyTheme(): void {
  const { theme } = themeStore.getState();
  const dark = theme === 'dark' || (theme === 'system' && systemIsDark.matches);
  document.documentElement.dataset['theme'] = dark ? 'dark' : 'light';
}

systemIsDark.addEventListener('change', applyTheme);

export function setTheme(theme: Theme): void {
  themeStore.setState({ theme });
  visitorStorage.set(THEME_KEY, theme);
  applyTheme();
}

export const useTheme = (): Theme => useStore(themeStore, (state) => state.theme);
