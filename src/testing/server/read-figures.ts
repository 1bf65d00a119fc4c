/** Lines of what Prometheus reads that hold a figure, without what explains them. */
const linesOf = (text: string) => text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));

/** One figure, by its name with its labels; not a number where there is none. */
export const numberIn = (text: string, series: string): number =>
  Number(
    linesOf(text)
      .find((line) => line.startsWith(`${series} `))
      ?.slice(series.length + 1),
  );
