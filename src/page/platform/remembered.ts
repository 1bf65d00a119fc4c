import { hashKey, skipToken, useQuery } from '@tanstack/react-query';
import { onOtherTab, type TabNews, tellOtherTabs } from './other-tabs.ts';
import { whyUnavailable } from './page-database.ts';
import { queryClient } from './query-client.ts';

/** `loading` until it was read; `newer`: a newer version of the page has been here, and this one cannot read what it stored. */
export type Remembered<Value> = {
  readonly status: 'loading' | 'ready' | 'unavailable' | 'newer';
  readonly value: Value;
};

/** One thing that this browser's database holds, as the page knows it. */
export type RememberedThing<Value> = {
  readonly now: () => Remembered<Value>;
  /** The same inside a component, which follows it. */
  readonly use: () => Remembered<Value>;
  /** Runs at each change, until the returned function is called. */
  readonly subscribe: (listener: (now: Remembered<Value>, before: Remembered<Value>) => void) => () => void;
  /** Reads it anew. False where this browser stores nothing; never rejects. */
  readonly refresh: () => Promise<boolean>;
  /** Reads it anew, and tells other tabs that it changed. */
  readonly announce: () => Promise<void>;
  /** Reads it, and again when another tab changed it, until the returned function is called. */
  readonly hear: () => () => void;
  /** What is known although it could not be written down. */
  readonly note: (change: (now: Remembered<Value>) => Remembered<Value>) => void;
};

/**
 * Keeps in react-query's cache what `read` gives, which gets what was known before. The database is the truth: a reading
 * that fails keeps the value and says why.
 */
export function createRemembered<Value>(
  news: TabNews,
  none: Value,
  read: (before: Value) => Promise<Value>,
): RememberedThing<Value> {
  const queryKey = ['remembered', news];
  const queryHash = hashKey(queryKey);
  const nothing: Remembered<Value> = { status: 'loading', value: none };
  const now = (): Remembered<Value> => queryClient.getQueryData<Remembered<Value>>(queryKey) ?? nothing;
  const note: RememberedThing<Value>['note'] = (change) => {
    queryClient.setQueryData<Remembered<Value>>(queryKey, change(now()));
  };
  const refresh = async (): Promise<boolean> => {
    try {
      const value = await read(now().value);
      note(() => ({ status: 'ready', value }));
      return true;
    } catch (error) {
      note(({ value }) => ({ status: whyUnavailable(error), value }));
      return false;
    }
  };
  return {
    now,
    // Whichever client a component is under: there is one database.
    use: () => useQuery<Remembered<Value>>({ queryKey, queryFn: skipToken }, queryClient).data ?? nothing,
    subscribe: (listener) => {
      let heard = now();
      return queryClient.getQueryCache().subscribe(({ query }) => {
        if (query.queryHash !== queryHash || now() === heard) return;
        const before = heard;
        heard = now();
        listener(heard, before);
      });
    },
    refresh,
    announce: async () => {
      await refresh();
      tellOtherTabs(news);
    },
    hear: () => {
      const stop = onOtherTab((what) => {
        if (what === news) void refresh();
      });
      void refresh();
      return stop;
    },
    note,
  };
}
