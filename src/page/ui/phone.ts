/*
 * Media queries that choose the layout, in rem, so that a reader with larger text gets the layout that has room for it.
 * The style sheet calls them `phone:` and `short:` (`theme.css`).
 */

/** Narrow: the stage with a sheet over it. What is low as well lies on its side and has the faces beside the stage. */
export const PHONE = '(width < 35rem) or ((width < 48rem) and (height >= 40rem))';

/** Too low to stack anything: a phone on its side, or a window pressed flat. */
export const SHORT = '(height < 40rem)';

/** A phone with so little height that filmstrip and toolbar would leave nothing of the picture: they fold away. */
export const SMALL = '(width < 35rem) and (height < 45rem)';

/** Not even a sheet leaves room for both, as in a window at 400 %: stage and faces stand one below the other. */
export const TINY = '(width < 35rem) and (height < 26rem)';

/**
 * A query as it is for the text that is really there: a browser counts `rem` of a query by its own setting, also where
 * a reader's style sheet makes all text larger.
 */
export function forTextSize(query: string): string {
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  // A length is a word of its own: `35rem)`.
  const words = query.split(' ').map((word) => {
    const count = Number.parseFloat(word);
    return Number.isNaN(count) ? word : word.replace(`${count}rem`, `${count * rem}px`);
  });
  return words.join(' ');
}
