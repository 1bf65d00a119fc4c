/** Frames in which a virtual list measures what a jump brought in, and shifts the options by it. */
const SETTLING_FRAMES = 4;

/**
 * Scrolls the list just as far as needed to show the option, and nothing around the list; once more in the following
 * frames, while options above are measured. Returns how to stop.
 */
export function keepInView(scroller: HTMLElement, option: () => HTMLElement | null): () => void {
  let frames = SETTLING_FRAMES;
  let next = 0;
  const step = () => {
    const card = option();
    if (card !== null) scrollWithin(scroller, card);
    frames -= 1;
    next = frames > 0 ? requestAnimationFrame(step) : 0;
  };
  step();
  return () => cancelAnimationFrame(next);
}

function scrollWithin(scroller: HTMLElement, option: HTMLElement): void {
  const frame = scroller.getBoundingClientRect();
  const card = option.getBoundingClientRect();
  if (card.top < frame.top) scroller.scrollTop -= frame.top - card.top;
  else if (card.bottom > frame.bottom) scroller.scrollTop += Math.min(card.bottom - frame.bottom, card.top - frame.top);
}
