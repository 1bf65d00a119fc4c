/**
 * The one module of keys: what reads keys (`use-shortcuts.ts`, the presentation) and the `?` overlay read its tables, so
 * that what is shown is what works.
 */

export type ShortcutGroup = 'Faces' | 'View' | 'Pictures' | 'Page' | 'Presenting' | 'Checking' | 'Comparing';

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
  | 'check'
  | 'compare'
  | 'help'
  | 'out';

export type ShortcutCommand = PressCommand | 'pick-face' | 'hide-boxes';

/** Commands of the presentation. */
export type PresentCommand =
  | 'next'
  | 'back'
  | 'all-faces'
  | 'last-face'
  | 'pick-face'
  | 'cover'
  | 'black'
  | 'previous-picture'
  | 'next-picture'
  | 'help'
  | 'end';

/** Commands of check mode. */
export type CheckCommandName =
  | 'right'
  | 'wrong'
  | 'number'
  | 'rest-right'
  | 'missed'
  | 'note'
  | 'next-face'
  | 'previous-face'
  | 'first-face'
  | 'last-face'
  | 'next-picture'
  | 'previous-picture'
  | 'zoom-to-face'
  | 'fit'
  | 'zoom-in'
  | 'zoom-out'
  | 'hide-boxes'
  | 'toggle-labels'
  | 'way'
  | 'compare'
  | 'help'
  | 'out';

/** Commands of the comparison. */
export type CompareCommand =
  | 'next-difference'
  | 'previous-difference'
  | 'first-difference'
  | 'last-difference'
  | 'next-picture'
  | 'previous-picture'
  | 'truth-only'
  | 'flip'
  | 'only-differences'
  | 'zoom-to-face'
  | 'fit'
  | 'zoom-in'
  | 'zoom-out'
  | 'hide-boxes'
  | 'toggle-labels'
  | 'picture-by-picture'
  | 'help'
  | 'out';

export type Shortcut<Command extends string = ShortcutCommand> = {
  readonly command: Command;
  /** Values of `KeyboardEvent.key` that trigger it; letters in lower case. */
  readonly keys: readonly string[];
  /**
   * The places on the keyboard (`KeyboardEvent.code`) that trigger it as well, whatever they write, unless the overlay
   * shows that for something else.
   */
  readonly codes?: readonly string[];
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
    keys: ['ArrowLeft', 'k'],
    shown: ['←', 'K'],
    label: 'Previous face',
    group: 'Faces',
    kind: 'repeat',
  },
  {
    command: 'next-face',
    keys: ['ArrowRight', 'j'],
    shown: ['→', 'J'],
    label: 'Next face; twice after the last one: next picture',
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
  {
    command: 'zoom-to-face',
    keys: ['z'],
    shown: ['Z'],
    label: 'Zoom to the face and back',
    group: 'View',
    kind: 'press',
  },
  { command: 'fit', keys: ['0'], shown: ['0'], label: 'Fit the picture', group: 'View', kind: 'press' },
  { command: 'zoom-in', keys: ['=', '+'], shown: ['='], label: 'Zoom in', group: 'View', kind: 'repeat' },
  { command: 'zoom-out', keys: ['-', '_'], shown: ['-'], label: 'Zoom out', group: 'View', kind: 'repeat' },
  { command: 'hide-boxes', keys: ['h'], shown: ['H'], label: 'Hide the boxes while held', group: 'View', kind: 'hold' },
  { command: 'toggle-labels', keys: ['l'], shown: ['L'], label: 'Labels on or off', group: 'View', kind: 'press' },
  {
    command: 'previous-picture',
    keys: ['[', ','],
    codes: ['BracketLeft'],
    shown: ['[', ','],
    label: 'Previous picture',
    group: 'Pictures',
    kind: 'press',
  },
  {
    command: 'next-picture',
    keys: [']', '.'],
    codes: ['BracketRight'],
    shown: [']', '.'],
    label: 'Next picture',
    group: 'Pictures',
    kind: 'press',
  },
  { command: 'export', keys: ['e'], shown: ['E'], label: 'Export', group: 'Page', kind: 'press' },
  { command: 'check', keys: ['c'], shown: ['C'], label: 'Check', group: 'Page', kind: 'press' },
  { command: 'compare', keys: ['v'], shown: ['V'], label: 'Compare', group: 'Page', kind: 'press' },
  { command: 'present', keys: ['p'], shown: ['P'], label: 'Present', group: 'Page', kind: 'press' },
  { command: 'help', keys: ['?'], shown: ['?'], label: 'This list of keys', group: 'Page', kind: 'press' },
  {
    command: 'out',
    keys: ['Escape'],
    shown: ['Esc'],
    label: 'Close what is open, or deselect',
    group: 'Page',
    kind: 'press',
  },
];

/** The keys of the presentation; a presenter's remote sends Page Up, Page Down and often the full stop. */
export const PRESENT_SHORTCUTS: readonly Shortcut<PresentCommand>[] = [
  {
    command: 'next',
    keys: ['ArrowRight', 'ArrowDown', 'PageDown', ' ', 'Enter', 'j'],
    shown: ['→', 'Page Down', 'Space', 'click'],
    label: 'Next face, then next picture',
    group: 'Presenting',
    kind: 'repeat',
  },
  {
    command: 'back',
    keys: ['ArrowLeft', 'ArrowUp', 'PageUp', 'Backspace', 'k'],
    shown: ['←', 'Page Up'],
    label: 'Back',
    group: 'Presenting',
    kind: 'repeat',
  },
  {
    command: 'all-faces',
    keys: ['Home', '0'],
    shown: ['Home'],
    label: 'All faces',
    group: 'Presenting',
    kind: 'press',
  },
  { command: 'last-face', keys: ['End'], shown: ['End'], label: 'The last face', group: 'Presenting', kind: 'press' },
  {
    command: 'pick-face',
    keys: ['1', '2', '3', '4', '5', '6', '7', '8', '9'],
    shown: ['1–9'],
    label: 'The face with this number',
    group: 'Presenting',
    kind: 'press',
  },
  {
    command: 'previous-picture',
    keys: ['['],
    codes: ['BracketLeft'],
    shown: ['['],
    label: 'The picture before',
    group: 'Presenting',
    kind: 'press',
  },
  {
    command: 'next-picture',
    keys: [']'],
    codes: ['BracketRight'],
    shown: [']'],
    label: 'The picture after',
    group: 'Presenting',
    kind: 'press',
  },
  {
    command: 'cover',
    keys: ['b'],
    shown: ['B'],
    label: 'Blur the other found faces',
    group: 'Presenting',
    kind: 'press',
  },
  { command: 'black', keys: ['.'], shown: ['.'], label: 'Black screen, and back', group: 'Presenting', kind: 'press' },
  { command: 'help', keys: ['?'], shown: ['?'], label: 'These keys', group: 'Presenting', kind: 'press' },
  {
    command: 'end',
    keys: ['p'],
    shown: ['Esc', 'P'],
    label: 'End the presentation',
    group: 'Presenting',
    kind: 'press',
  },
];

/** The keys of check mode: none of them means something else there. */
export const CHECK_SHORTCUTS: readonly Shortcut<CheckCommandName>[] = [
  { command: 'right', keys: ['r'], shown: ['R'], label: 'Right, goes on', group: 'Checking', kind: 'press' },
  {
    command: 'wrong',
    keys: ['w'],
    shown: ['W'],
    label: 'Wrong, waits for a reason; once more takes it back',
    group: 'Checking',
    kind: 'press',
  },
  {
    command: 'number',
    keys: ['1', '2', '3', '4', '5', '6', '7', '8', '9'],
    shown: ['1–5'],
    label: 'Why it is wrong, goes on; else the face with this number',
    group: 'Checking',
    kind: 'press',
  },
  {
    command: 'rest-right',
    keys: ['a'],
    shown: ['A'],
    label: 'The rest of the picture, or page, is right; next',
    group: 'Checking',
    kind: 'press',
  },
  {
    command: 'missed',
    keys: ['m'],
    shown: ['M'],
    label: 'Missed a face: draw it, or arrows, Shift + arrows and Enter',
    group: 'Checking',
    kind: 'press',
  },
  { command: 'note', keys: ['n'], shown: ['N'], label: 'Note about the picture', group: 'Checking', kind: 'press' },
  {
    command: 'next-face',
    keys: ['ArrowRight'],
    shown: ['→'],
    label: 'Next face without a verdict, then next picture',
    group: 'Checking',
    kind: 'repeat',
  },
  {
    command: 'previous-face',
    keys: ['ArrowLeft'],
    shown: ['←'],
    label: 'Previous face without a verdict',
    group: 'Checking',
    kind: 'repeat',
  },
  {
    command: 'first-face',
    keys: ['Home'],
    shown: ['Home'],
    label: 'First open face',
    group: 'Checking',
    kind: 'press',
  },
  { command: 'last-face', keys: ['End'], shown: ['End'], label: 'Last open face', group: 'Checking', kind: 'press' },
  {
    command: 'previous-picture',
    keys: ['[', ','],
    codes: ['BracketLeft'],
    shown: ['[', ','],
    label: 'Previous picture',
    group: 'Checking',
    kind: 'press',
  },
  {
    command: 'next-picture',
    keys: [']', '.'],
    codes: ['BracketRight'],
    shown: [']', '.'],
    label: 'Next picture',
    group: 'Checking',
    kind: 'press',
  },
  { command: 'zoom-to-face', keys: ['z'], shown: ['Z'], label: 'Zoom to the face', group: 'Checking', kind: 'press' },
  { command: 'fit', keys: ['0'], shown: ['0'], label: 'Fit the picture', group: 'Checking', kind: 'press' },
  { command: 'zoom-in', keys: ['=', '+'], shown: ['='], label: 'Zoom in', group: 'Checking', kind: 'repeat' },
  { command: 'zoom-out', keys: ['-', '_'], shown: ['-'], label: 'Zoom out', group: 'Checking', kind: 'repeat' },
  {
    command: 'hide-boxes',
    keys: ['h'],
    shown: ['H'],
    label: 'Hide boxes and veil while held',
    group: 'Checking',
    kind: 'hold',
  },
  { command: 'toggle-labels', keys: ['l'], shown: ['L'], label: 'Labels on or off', group: 'Checking', kind: 'press' },
  {
    command: 'way',
    keys: ['c'],
    shown: ['C'],
    label: 'Picture by picture, contact sheet: same face',
    group: 'Checking',
    kind: 'press',
  },
  { command: 'compare', keys: ['v'], shown: ['V'], label: 'Compare', group: 'Checking', kind: 'press' },
  { command: 'help', keys: ['?'], shown: ['?'], label: 'These keys', group: 'Checking', kind: 'press' },
  {
    command: 'out',
    keys: ['Escape'],
    shown: ['Esc'],
    label: 'Out of reasons, box, preview, then of checking',
    group: 'Checking',
    kind: 'press',
  },
];

/** The keys of the comparison, with a truth or between two answers. */
export const COMPARE_SHORTCUTS: readonly Shortcut<CompareCommand>[] = [
  {
    command: 'next-difference',
    keys: ['ArrowRight'],
    shown: ['→'],
    label: 'Next difference or pair, then next picture',
    group: 'Comparing',
    kind: 'repeat',
  },
  {
    command: 'previous-difference',
    keys: ['ArrowLeft'],
    shown: ['←'],
    label: 'Previous difference or pair',
    group: 'Comparing',
    kind: 'repeat',
  },
  {
    command: 'first-difference',
    keys: ['Home'],
    shown: ['Home'],
    label: 'First difference or pair',
    group: 'Comparing',
    kind: 'press',
  },
  {
    command: 'last-difference',
    keys: ['End'],
    shown: ['End'],
    label: 'Last difference or pair',
    group: 'Comparing',
    kind: 'press',
  },
  {
    command: 'previous-picture',
    keys: ['[', ','],
    codes: ['BracketLeft'],
    shown: ['[', ','],
    label: 'Previous picture of the strip',
    group: 'Comparing',
    kind: 'press',
  },
  {
    command: 'next-picture',
    keys: [']', '.'],
    codes: ['BracketRight'],
    shown: [']', '.'],
    label: 'Next picture of the strip',
    group: 'Comparing',
    kind: 'press',
  },
  {
    command: 'truth-only',
    keys: ['t'],
    shown: ['T'],
    label: 'The truth alone while held',
    group: 'Comparing',
    kind: 'hold',
  },
  {
    command: 'flip',
    keys: ['f'],
    shown: ['F'],
    label: 'The other answer while held',
    group: 'Comparing',
    kind: 'hold',
  },
  {
    command: 'only-differences',
    keys: ['u'],
    shown: ['U'],
    label: 'Only faces that one of two answers has',
    group: 'Comparing',
    kind: 'press',
  },
  { command: 'zoom-to-face', keys: ['z'], shown: ['Z'], label: 'Zoom to the face', group: 'Comparing', kind: 'press' },
  { command: 'fit', keys: ['0'], shown: ['0'], label: 'Fit the picture', group: 'Comparing', kind: 'press' },
  { command: 'zoom-in', keys: ['=', '+'], shown: ['='], label: 'Zoom in', group: 'Comparing', kind: 'repeat' },
  { command: 'zoom-out', keys: ['-', '_'], shown: ['-'], label: 'Zoom out', group: 'Comparing', kind: 'repeat' },
  {
    command: 'hide-boxes',
    keys: ['h'],
    shown: ['H'],
    label: 'Hide all boxes while held',
    group: 'Comparing',
    kind: 'hold',
  },
  { command: 'toggle-labels', keys: ['l'], shown: ['L'], label: 'Labels on or off', group: 'Comparing', kind: 'press' },
  {
    command: 'picture-by-picture',
    keys: ['c', 'v'],
    shown: ['C', 'V'],
    label: 'Picture by picture',
    group: 'Comparing',
    kind: 'press',
  },
  { command: 'help', keys: ['?'], shown: ['?'], label: 'These keys', group: 'Comparing', kind: 'press' },
  {
    command: 'out',
    keys: ['Escape'],
    shown: ['Esc'],
    label: 'Deselect, then leave',
    group: 'Comparing',
    kind: 'press',
  },
];

/** Keys that the face list, the browser and single places handle themselves: shown in the overlay, not handled here. */
export type LocalKey = {
  readonly shown: readonly string[];
  readonly label: string;
  readonly group:
    | 'In the face list'
    | 'Among the thumbnails'
    | 'Pictures'
    | 'Faces'
    | 'Checking'
    | 'On the contact sheet'
    | 'Comparing';
};

export const LOCAL_KEYS: readonly LocalKey[] = [
  { shown: ['Menu', 'Shift + F10'], label: 'Menu of the face', group: 'Faces' },
  { shown: ['Ctrl/⌘ + A'], label: 'All shown faces, from stage or list', group: 'Faces' },
  { shown: ['Ctrl/⌘ + V'], label: 'Paste a picture or a link', group: 'Pictures' },
  { shown: ['Ctrl/⌘ + Z'], label: 'Undo: removed pictures, verdicts, drawn boxes', group: 'Pictures' },
  { shown: ['Ctrl/⌘ + Shift + Z'], label: 'Redo', group: 'Pictures' },
  { shown: ['Ctrl/⌘ + Z'], label: 'Undo', group: 'Checking' },
  { shown: ['Ctrl/⌘ + Shift + Z'], label: 'Redo', group: 'Checking' },
  { shown: ['Ctrl/⌘ + Z'], label: 'Take back what was kept', group: 'Comparing' },
  { shown: ['↑', '↓', '←', '→'], label: 'Move', group: 'On the contact sheet' },
  { shown: ['Home', 'End'], label: 'First, last crop of the page', group: 'On the contact sheet' },
  { shown: ['1–5'], label: 'Wrong for this reason', group: 'On the contact sheet' },
  { shown: ['Shift + arrows', 'Shift + click'], label: 'A range is wrong', group: 'On the contact sheet' },
  { shown: ['Space'], label: 'The picture beside the crop, and away', group: 'On the contact sheet' },
  { shown: ['Enter'], label: 'Open it picture by picture', group: 'On the contact sheet' },
  { shown: ['↑', '↓'], label: 'Move', group: 'Among the thumbnails' },
  { shown: ['Delete'], label: 'Remove the picture', group: 'Among the thumbnails' },
  { shown: ['↑', '↓', '←', '→'], label: 'Move and select', group: 'In the face list' },
  { shown: ['Ctrl + arrows'], label: 'Move only', group: 'In the face list' },
  { shown: ['Shift + arrows'], label: 'Extend the selection', group: 'In the face list' },
  { shown: ['Page Up', 'Page Down'], label: 'By pages', group: 'In the face list' },
  { shown: ['Space'], label: 'Add to the selection, or take away', group: 'In the face list' },
];

/** True for the keys that open the menu of what one is at. */
export const isMenuKey = ({ key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>): boolean =>
  key === 'ContextMenu' || (key === 'F10' && shiftKey);

/** True for a key that writes a single character: those can be switched off (WCAG 2.1.4). */
export const isCharacterKey = (key: string): boolean => [...key].length === 1;

/** True for the keys that select everything there is. */
export const isSelectAllKey = ({
  key,
  ctrlKey,
  metaKey,
  altKey,
  shiftKey,
}: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>): boolean =>
  key.toLowerCase() === 'a' && ctrlKey !== metaKey && !altKey && !shiftKey;

/** True for the keys that take back what was done last, and with Shift do it again. */
export const isUndoKey = (press: Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey'>): boolean =>
  letterOf(press).toLowerCase() === 'z' && press.ctrlKey !== press.metaKey && !press.altKey;

/** What a key press says: what it writes, where the key is, and what is held with it. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'altKey' | 'metaKey' | 'shiftKey'> & {
  readonly getModifierState: (key: 'AltGraph') => boolean;
};

/** What a key writes; where a layout writes no Latin letters, the letter that stands at its place elsewhere. */
function letterOf({ key, code }: Pick<KeyboardEvent, 'key' | 'code'>): string {
  const isOther = /^\p{L}$/u.test(key) && !/^\p{Script=Latin}$/u.test(key);
  return (isOther ? /^Key([A-Z])$/.exec(code)?.[1] : undefined) ?? key;
}

/** What the key of an accent writes before its letter is known; French and Swiss layouts have one where brackets are. */
const DEAD = 'Dead';

/** True for a press that writes a single character, or waits for the letter of an accent. */
export const isCharacterPress = ({ key }: Pick<KeyPress, 'key'>): boolean => isCharacterKey(key) || key === DEAD;

/**
 * The entry of a table that a key press asks for. Ctrl, Alt and Meta leave every key to the browser, but for brackets
 * typed with AltGr (which Windows reports as Ctrl and Alt) or Option; Shift leaves it those that write nothing.
 */
export function shortcutFor<Command extends string>(
  table: readonly Shortcut<Command>[],
  press: KeyPress,
): Shortcut<Command> | undefined {
  const { key, code, ctrlKey, altKey, metaKey, shiftKey } = press;
  const writes = isCharacterKey(key);
  const wanted = writes ? letterOf(press).toLowerCase() : key;
  const isThirdLevel = !metaKey && (altKey || press.getModifierState('AltGraph'));
  const isPlain = !isThirdLevel && !ctrlKey && !metaKey;
  const written = table.find(({ keys }) => keys.includes(wanted));
  if (!isPlain) return isThirdLevel && /^[[\]]$/.test(key) ? written : undefined;
  const placed = shiftKey || !isCharacterPress(press) ? undefined : table.find(({ codes }) => codes?.includes(code));
  // German and Spanish have their plus where the bracket is: it zooms from anywhere else.
  const isOwn = written?.shown.some((shown) => shown.toLowerCase() === wanted) ?? false;
  if (placed !== undefined && !isOwn) return placed;
  return writes || !shiftKey ? written : undefined;
}
