/** How long a test waits for something that will happen on a busy machine, in milliseconds. Never a measurement. */
export const TEST_TIMEOUTS = { timeout: 15_000 } as const;
