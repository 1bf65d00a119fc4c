/**
 * Notes on the document whether a pointer was used last, so that the style sheet shows focus rings to keys alone.
 * Browsers decide by themselves for plain buttons, but show the ring of what script focuses after a click.
 */
export function followPointer(): void {
  const { dataset } = document.documentElement;
  addEventListener(
    'pointerdown',
    () => {
      dataset['pointer'] = '';
    },
    { capture: true },
  );
  addEventListener(
    'keydown',
    ({ key }) => {
      // Held to click with, they are no keys that move the focus.
      if (!['Control', 'Meta', 'Alt', 'Shift'].includes(key)) delete dataset['pointer'];
    },
    { capture: true },
  );
}
