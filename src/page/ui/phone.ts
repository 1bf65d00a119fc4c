/*
 * Media queries that choose the layout, in rem, so that a reader with larger text gets the layout that has room for it.
 * The style sheet calls them `phone:` and `short:` (`theme.css`).
 */

/** Narrow: the stage with a sheet over it. What is low as well lies on its side and has the faces beside the stage. */
export const PHONE = '(width < 35rem) or ((width < 48rem) and (height >= 40rem))';

/** Too low to stack anything: a phone on its side, or a window pressed flat. */
export const SHORT = '(height < 40rem)';
