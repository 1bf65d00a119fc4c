import type { Config } from 'tailwindcss';

/**
 * The design tokens. Colours are CSS variables (set per theme in `src/page/shell/theme.css`), so that one class name serves
 * light and dark.
 */
export default {
  content: [],
  darkMode: ['selector', '[data-theme="dark"]'],
  theme: {
    extend: {
      colors: {
        page: 'var(--color-page)',
        panel: 'var(--color-panel)',
        raised: 'var(--color-raised)',
        mat: 'var(--color-mat)',
        line: 'var(--color-line)',
        'line-strong': 'var(--color-line-strong)',
        ink: 'var(--color-ink)',
        'ink-soft': 'var(--color-ink-soft)',
        'ink-faint': 'var(--color-ink-faint)',
        accent: 'var(--color-accent)',
        'accent-ink': 'var(--color-accent-ink)',
        'accent-soft': 'var(--color-accent-soft)',
        good: 'var(--color-good)',
        warn: 'var(--color-warn)',
        'warn-soft': 'var(--color-warn-soft)',
        bad: 'var(--color-bad)',
        'bad-soft': 'var(--color-bad-soft)',
      },
      borderRadius: { sm: '6px', DEFAULT: '8px', lg: '12px', xl: '16px' },
      fontFamily: {
        sans: ['"Inter Variable"', 'system-ui', 'sans-serif'],
        mono: ['"JetBrains Mono Variable"', 'ui-monospace', 'monospace'],
      },
      boxShadow: {
        float: 'var(--shadow-float)',
        picture: 'var(--shadow-picture)',
      },
    },
  },
} satisfies Config;
