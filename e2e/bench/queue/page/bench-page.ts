/** What the bench calls in its page. */
export type QueueBenchPage = {
  /** Prepares the chosen files as the product does, all at once, and tells how long that took, in milliseconds. */
  prepareAll(): Promise<number>;
};

declare global {
  interface Window {
    queueBench: QueueBenchPage;
  }
}
