/**
 * Makes something at its first use and keeps it. For what is costly to make and not always needed: a formatter of `Intl`
 * brings its language's tables, tens of milliseconds on a phone, which would hold the first paint back.
 */
export function once<Made extends object>(make: () => Made): () => Made {
  let made: Made | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
