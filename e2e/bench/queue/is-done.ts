/** In the page: whether so many pictures of a batch are done, or all of them and they are as many. */
export function isDone(count: number): boolean {
  const bars = document.querySelectorAll('section[aria-label="All pictures"], section[aria-label="Finished"]');
  const said = [...bars].map(({ textContent }) => textContent).join(' ');
  const [, done, ended] = /(\d+) of \d+ done|(\d+) pictures,/.exec(said) ?? [];
  return Number(done ?? ended ?? 0) >= count;
}
