/**
 * The one module of keys: what reads keys (`use-shortcuts.ts`, the presentation) and the `?` overlay read its tables, so
 * that what is shown is what works.
 */

type Key<Command extends string> = {
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
  /** `press` runs once, `repeat` also while the key repeats, `hold` lasts until the key is released. */
  readonly kind: 'press' | 'repeat' | 'hold';
};

export type ShortcutGroup = 'Faces' | 'View' | 'Pictures' | 'Page' | 'Presenting' | 'Checking' | 'Comparing';

export type Shortcut<Command extends string> = Key<Command> & { readonly group: ShortcutGroup };

/** How keys are written in the overlay that are not written as what they type. */
const WRITTEN: Readonly<Record<string, string>> = { ArrowLeft: '←', ArrowRight: '→', Escape: 'Esc' };

/** A key that runs once and is shown as what it types, unless `more` says otherwise. */
function press<Command extends string>(
  command: Command,
  keys: readonly string[],
  label: string,
  more: Partial<Pick<Key<Command>, 'codes' | 'shown' | 'kind'>> = {},
): Key<Command> {
  const shown = keys.map((key) => WRITTEN[key] ?? (key.length === 1 ? key.toUpperCase() : key));
  return { command, keys, label, kind: 'press', shown, ...more };
}

/** The same that also runs while the key repeats. */
const repeat: typeof press = (command, keys, label, more) => press(command, keys, label, { kind: 'repeat', ...more });

/** The same that lasts until the key is released. */
const hold: typeof press = (command, keys, label, more) => press(command, keys, label, { kind: 'hold', ...more });

const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];

/** The keys of every stage. */
const viewKeys = (zoom: string, hide: string) => [
  press('zoom-to-face', ['z'], zoom),
  press('fit', ['0'], 'Fit the picture'),
  repeat('zoom-in', ['=', '+'], 'Zoom in', { shown: ['='] }),
  repeat('zoom-out', ['-', '_'], 'Zoom out', { shown: ['-'] }),
  hold('hide-boxes', ['h'], hide),
  press('toggle-labels', ['l'], 'Labels on or off'),
];

const pictureKeys = (previous: string, next: string) => [
  press('previous-picture', ['[', ','], previous, { codes: ['BracketLeft'] }),
  press('next-picture', [']', '.'], next, { codes: ['BracketRight'] }),
];

const inGroup = <Command extends string>(
  group: ShortcutGroup,
  keys: readonly Key<Command>[],
): readonly Shortcut<Command>[] => keys.map((key) => ({ ...key, group }));

export const SHORTCUTS = [
  ...inGroup('Faces', [
    press('pick-face', DIGITS, 'Pick the face with this number; 1 7 is face 17', { shown: ['1–9'] }),
    repeat('previous-face', ['ArrowLeft', 'k'], 'Previous face'),
    repeat('next-face', ['ArrowRight', 'j'], 'Next face; twice after the last one: next picture'),
    press('first-face', ['Home'], 'First face'),
    press('last-face', ['End'], 'Last face'),
    press('use-for-kolors', ['Enter'], 'Use the face for Kolors'),
  ]),
  ...inGroup('View', viewKeys('Zoom to the face and back', 'Hide the boxes while held')),
  ...inGroup('Pictures', pictureKeys('Previous picture', 'Next picture')),
  ...inGroup('Page', [
    press('export', ['e'], 'Export'),
    press('check', ['c'], 'Check'),
    press('compare', ['v'], 'Compare'),
    press('present', ['p'], 'Present'),
    press('help', ['?'], 'This list of keys'),
    press('out', ['Escape'], 'Close what is open, or deselect'),
  ]),
];

export type ShortcutCommand = (typeof SHORTCUTS)[number]['command'];

/** Commands that run once for a press. */
export type PressCommand = Exclude<ShortcutCommand, 'pick-face' | 'hide-boxes'>;

/** The keys of the presentation; a presenter's remote sends Page Up, Page Down and often the full stop. */
export const PRESENT_SHORTCUTS = inGroup('Presenting', [
  repeat('next', ['ArrowRight', 'ArrowDown', 'PageDown', ' ', 'Enter', 'j'], 'Next face, then next picture', {
    shown: ['→', 'Page Down', 'Space', 'click'],
  }),
  repeat('back', ['ArrowLeft', 'ArrowUp', 'PageUp', 'Backspace', 'k'], 'Back', { shown: ['←', 'Page Up'] }),
  press('all-faces', ['Home', '0'], 'All faces', { shown: ['Home'] }),
  press('last-face', ['End'], 'The last face'),
  press('pick-face', DIGITS, 'The face with this number', { shown: ['1–9'] }),
  press('previous-picture', ['['], 'The picture before', { codes: ['BracketLeft'] }),
  press('next-picture', [']'], 'The picture after', { codes: ['BracketRight'] }),
  press('cover', ['b'], 'Blur the other found faces'),
  press('black', ['.'], 'Black screen, and back'),
  press('help', ['?'], 'These keys'),
  press('end', ['p'], 'End the presentation', { shown: ['Esc', 'P'] }),
]);

/** Commands of the presentation. */
export type PresentCommand = (typeof PRESENT_SHORTCUTS)[number]['command'];

/** The keys of check mode: none of them means something else there. */
export const CHECK_SHORTCUTS = inGroup('Checking', [
  press('right', ['r'], 'Right, goes on'),
  press('wrong', ['w'], 'Wrong, waits for a reason; once more takes it back'),
  press('number', DIGITS, 'Why it is wrong, goes on; else the face with this number', { shown: ['1–5'] }),
  press('rest-right', ['a'], 'The rest of the picture, or page, is right; next'),
  press('missed', ['m'], 'Missed a face: draw it, or arrows, Shift + arrows and Enter'),
  press('note', ['n'], 'Note about the picture'),
  repeat('next-face', ['ArrowRight'], 'Next face without a verdict, then next picture'),
  repeat('previous-face', ['ArrowLeft'], 'Previous face without a verdict'),
  press('first-face', ['Home'], 'First open face'),
  press('last-face', ['End'], 'Last open face'),
  ...pictureKeys('Previous picture', 'Next picture'),
  ...viewKeys('Zoom to the face', 'Hide boxes and veil while held'),
  press('way', ['c'], 'Picture by picture, contact sheet: same face'),
  press('compare', ['v'], 'Compare'),
  press('help', ['?'], 'These keys'),
  press('out', ['Escape'], 'Out of reasons, box, preview, then of checking'),
]);

/** Commands of check mode. */
export type CheckCommandName = (typeof CHECK_SHORTCUTS)[number]['command'];

/** The keys of the comparison, with a truth or between two answers. */
export const COMPARE_SHORTCUTS = inGroup('Comparing', [
  repeat('next-difference', ['ArrowRight'], 'Next difference or pair, then next picture'),
  repeat('previous-difference', ['ArrowLeft'], 'Previous difference or pair'),
  press('first-difference', ['Home'], 'First difference or pair'),
  press('last-difference', ['End'], 'Last difference or pair'),
  ...pictureKeys('Previous picture of the strip', 'Next picture of the strip'),
  hold('truth-only', ['t'], 'The truth alone while held'),
  hold('flip', ['f'], 'The other answer while held'),
  press('only-differences', ['u'], 'Only faces that one of two answers has'),
  ...viewKeys('Zoom to the face', 'Hide all boxes while held'),
  press('picture-by-picture', ['c', 'v'], 'Picture by picture'),
  press('help', ['?'], 'These keys'),
  press('out', ['Escape'], 'Deselect, then leave'),
]);

/** Commands of the comparison. */
export type CompareCommand = (typeof COMPARE_SHORTCUTS)[number]['command'];

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
