/** A promise and what resolves it. */
export type PromiseWithResolver = { readonly promise: Promise<void>; readonly resolve: () => void };

/** `Promise.withResolvers` of ES2024, which Node 20 does not have. */
export function withResolver(): PromiseWithResolver {
  let resolve = (): void => {};
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
