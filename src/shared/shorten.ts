/** Longest value that is shown whole, in characters. Copy and save always give all of it. */
export const MAX_SHOWN = 2000;

/** A text that can be megabytes long, as much of it as anybody reads, with how long it is. */
export const shorten = (text: string): string =>
  text.length <= MAX_SHOWN ? text : `${text.slice(0, MAX_SHOWN)} … ${text.length} characters`;
