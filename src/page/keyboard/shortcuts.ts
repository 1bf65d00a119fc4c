/**
 * The one table of keyboard shortcuts: key handling (`use-shortcuts.ts`) and the `?` overlay both read it, so that
 * what is shown is what works.
 */

export type ShortcutGroup = 'Faces' | 'View' | 'Pictures' | 'Page';

/** Commands that run once for a press. */
export type PressCommand =
  | 'previous-face'
  | 'next-face'
  | 'first-face'
  | 'last-face'
  | 'use-for-kolors'
  | 'zoom-to-face'
  | 'fit'
  | 'zoom-in'
  | 'zoom-out'
  | 'toggle-labels'
  | 'previous-picture'
  | 'next-picture'
  | 'export'
  | 'present'
  | 'help'
  | 'out';

export type ShortcutCommand = PressCommand | 'pick-face' | 'hide-boxes';

export type Shortcut = {
  readonly command: ShortcutCommand;
  /** Values of `KeyboardEvent.key` that trigger it; letters in lower case. */
  readonly keys: readonly string[];
  /** The keys as written in the overlay: each entry is one way to trigger it. */
  readonly shown: readonly string[];
  readonly label: string;
  readonly group: ShortcutGroup;
  /** `press` runs once, `repeat` also while the key repeats, `hold` lasts until the key is released. */
  readonly kind: 'press' | 'repeat' | 'hold';
};

export const SHORTCUTS: readonly Shortcut[] = [
  {
    command: 'pick-face',
    keys: ['1', '2', '3', '4', '5', '6', '7', '8', '9'],
    shown: ['1–9'],
    label: 'Pick the face with this number; 1 7 is face 17',
    group: 'Faces',
    kind: 'press',
  },
  {
    command: 'previous-face',
    keys: ['ArrowLeft', 'j'],
    shown: ['←', 'J'],
    label: 'Previous face',
    group: 'Faces',
    kind: 'repeat',
  },
  {
    command: 'next-face',
    keys: ['ArrowRight', 'k'],
    shown: ['→', 'K'],
    label: 'Next face',
    group: 'Faces',
    kind: 'repeat',
  },
  { command: 'first-face', keys: ['Home'], shown: ['Home'], label: 'First face', group: 'Faces', kind: 'press' },
  { command: 'last-face', keys: ['End'], shown: ['End'], label: 'Last face', group: 'Faces', kind: 'press' },
  {
    command: 'use-for-kolors',
    keys: ['Enter'],
    shown: ['Enter'],
    label: 'Use the face for Kolors',
    group: 'Faces',
    kind: 'press',
  },
  { command: 'zoom-to-face', keys: ['z'], shown: ['Z'], label: 'Zoom to the face', group: 'View', kind: 'press' },
  { command: 'fit', keys: ['0'], shown: ['0'], label: 'Fit the picture', group: 'View', kind: 'press' },
  { command: 'zoom-in', keys: ['=', '+'], shown: ['='], label: 'Zoom in', group: 'View', kind: 'repeat' },
  { command: 'zoom-out', keys: ['-', '_'], shown: ['-'], label: 'Zoom out', group: 'View', kind: 'repeat' },
  { command: 'hide-boxes', keys: ['h'], shown: ['H'], label: 'Hide the boxes while held', group: 'View', kind: 'hold' },
  { command: 'toggle-labels', keys: ['l'], shown: ['L'], label: 'Labels on or off', group: 'View', kind: 'press' },
  {
    command: 'previous-picture',
    keys: ['['],
    shown: ['['],
    label: 'Previous picture',
    group: 'Pictures',
    kind: 'press',
  },
  { command: 'next-picture', keys: [']'], shown: [']'], label: 'Next picture', group: 'Pictures', kind: 'press' },
  { command: 'export', keys: ['e'], shown: ['E'], label: 'Export', group: 'Page', kind: 'press' },
  { command: 'present', keys: ['p'], shown: ['P'], label: 'Present', group: 'Page', kind: 'press' },
  { command: 'help', keys: ['?'], shown: ['?'], label: 'This list of keys', group: 'Page', kind: 'press' },
  { command: 'out', keys: ['Escape'], shown: ['Esc'], label: 'Out of what is open', group: 'Page', kind: 'press' },
];

/** Keys that the face list, the browser and single places handle themselves: shown in the overlay, not handled here. */
export type LocalKey = {
  readonly shown: readonly string[];
  readonly label: string;
  readonly group: 'In the face list' | 'Among the thumbnails' | 'Pictures' | 'Faces';
};

export const LOCAL_KEYS: readonly LocalKey[] = [
  { shown: ['Menu', 'Shift + F10'], label: 'Everything to do with the face', group: 'Faces' },
  { shown: ['Ctrl/⌘ + V'], label: 'Paste a picture or a link', group: 'Pictures' },
  { shown: ['Ctrl/⌘ + Z'], label: 'Bring the removed picture back', group: 'Pictures' },
  { shown: ['↑', '↓'], label: 'Move', group: 'Among the thumbnails' },
  { shown: ['Delete'], label: 'Remove the picture', group: 'Among the thumbnails' },
  { shown: ['↑', '↓', '←', '→'], label: 'Move and select', group: 'In the face list' },
  { shown: ['Ctrl + arrows'], label: 'Move only', group: 'In the face list' },
  { shown: ['Shift + arrows'], label: 'Extend the selection', group: 'In the face list' },
  { shown: ['Space'], label: 'Add to the selection, or take away', group: 'In the face list' },
];

/** True for the keys that open the menu of what one is at. */
export const isMenuKey = ({ key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>): boolean =>
  key === 'ContextMenu' || (key === 'F10' && shiftKey);

/** True for a key that writes a single character: those can be switched off (WCAG 2.1.4). */
export const isCharacterKey = (key: string): boolean => [...key].length === 1;

/** The shortcut of a `KeyboardEvent.key`. */
export const shortcutFor = (key: string): Shortcut | undefined => {
  const wanted = isCharacterKey(key) ? key.toLowerCase() : key;
  return SHORTCUTS.find((shortcut) => shortcut.keys.includes(wanted));
};
