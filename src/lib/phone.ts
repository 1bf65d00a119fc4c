/**
 * Media query of the layout for phones: what the style sheet calls `max-md`. In rem, so that a reader with larger text
 * gets that layout on a wider window.
 */
export const PHONE = '(width < 48rem)';
