import { useMemo, useSyncExternalStore } from 'react';

/** Object URL of a blob for as long as the component shows it; the address lives as long as the subscription. */
export function useObjectUrl(blob: Blob | undefined): string | undefined {
  const source = useMemo(() => objectUrlOf(blob), [blob]);
  return useSyncExternalStore(source.subscribe, source.get);
}

function objectUrlOf(blob: Blob | undefined) {
  let url: string | undefined;
  return {
    get: () => url,
    subscribe: () => {
      url = blob && URL.createObjectURL(blob);
      return () => {
        if (url !== undefined) URL.revokeObjectURL(url);
        url = undefined;
      };
    },
  };
}
