/** A file within an export, or the whole of it. */
export type ExportFile = { readonly name: string; readonly content: Blob | string };

/** What is about to be saved, whatever it holds. */
export type ExportJob = {
  /** What is made, for the progress: "Annotated PNG". */
  readonly title: string;
  /** Name under which it is saved. */
  readonly fileName: string;
  /** Media type of what is saved. */
  readonly type: string;
  /** `single` saves the one file as it is, `zip` packs as many as come. */
  readonly packing: 'single' | 'zip';
  /** True when it may be too large for memory: then it goes straight to disk where the browser can. */
  readonly large: boolean;
  /** How many steps there are, for the progress. */
  readonly total: number;
  /** What is said of it while it runs and when it is saved (`bytes`: of a single file), where that is not the usual. */
  readonly words?: {
    readonly running: (done: number, total: number) => string;
    readonly saved: (bytes: number) => string;
    readonly cancelled: string;
  };
  /**
   * Makes the files one after another, each only when the one before has been taken. Throws an `ExportError` when one
   * cannot be made, and whatever `signal` says when it is cancelled. Calls `onStep` after each step.
   */
  readonly files: (signal: AbortSignal, onStep: () => void) => AsyncIterable<ExportFile>;
};

/** Why a file could not be made, in a sentence for the person, and what can be saved in its place. */
export class ExportError extends Error {
  readonly instead: { readonly label: string; readonly job: ExportJob } | undefined;

  constructor(message: string, instead?: ExportError['instead']) {
    super(message);
    this.instead = instead;
  }
}
