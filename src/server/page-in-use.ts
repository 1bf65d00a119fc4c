/** Whether somebody uses a page on this very machine, as far as its calls tell. */
export type PageInUse = {
  /** A page on this machine has called. */
  note(): void;
  close(): void;
};

/** How long after its last call a page counts as used, in milliseconds: somebody still looks at what came. */
const IN_USE_MS = 60_000;

/** `onChange` hears when a page begins and ceases to be used. */
export function createPageInUse(onChange: (isInUse: boolean) => void): PageInUse {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    note: () => {
      if (timer !== undefined) {
        timer.refresh();
        return;
      }
      onChange(true);
      timer = setTimeout(() => {
        timer = undefined;
        onChange(false);
      }, IN_USE_MS);
      timer.unref();
    },
    close: () => clearTimeout(timer),
  };
}
