import { type RefCallback, useEffect, useState } from 'react';
import type { Sight } from '../model/sheet.ts';
import { cropOf, onCrop } from './crops.ts';
import { noteSights } from './sheet-store.ts';

/** How much of a crop must be on screen, and for how long in milliseconds: what flies past was not looked at. */
const SEEN_SHARE = 0.9;
const SEEN_AFTER_MS = 150;

/** Follows which crops are really on screen. `watch` is the `ref` of every crop, whose `data-crop` is its key. */
class SightWatch {
  /** Since when, by the page's clock. */
  readonly #since = new Map<string, number>();
  readonly #observer = new IntersectionObserver((entries) => this.#look(entries), { threshold: SEEN_SHARE });
  #timer: ReturnType<typeof setTimeout> | undefined;

  readonly watch: RefCallback<HTMLElement> = (element) => {
    if (element === null) return;
    this.#observer.observe(element);
    return () => {
      this.#observer.unobserve(element);
      this.#since.delete(keyOf(element));
    };
  };

  /** Hears of crops that come late, until the returned function is called. */
  start(): () => void {
    const stop = onCrop((key) => {
      if (this.#since.has(key)) this.#noteSoon();
    });
    return () => {
      stop();
      clearTimeout(this.#timer);
      this.#timer = undefined;
    };
  }

  #look(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries) {
      const key = keyOf(target);
      if (!isIntersecting) this.#since.delete(key);
      else if (!this.#since.has(key)) this.#since.set(key, performance.now());
    }
    this.#noteSoon();
  }

  #noteSoon(): void {
    if (this.#since.size > 0) this.#timer ??= setTimeout(() => this.#note(), SEEN_AFTER_MS);
  }

  #note(): void {
    this.#timer = undefined;
    const now = performance.now();
    const rested = [...this.#since].filter(([, since]) => now - since >= SEEN_AFTER_MS);
    if (rested.length < this.#since.size) this.#noteSoon();
    noteSights(
      new Map(rested.map(([key]): [string, Sight] => [key, cropOf(key)?.kind === 'there' ? 'crop' : 'place'])),
    );
  }
}

const keyOf = (element: Element): string => (element instanceof HTMLElement ? (element.dataset['crop'] ?? '') : '');

/** The `ref` for every crop of the sheet: what is on screen is noted. */
export function useSights(): RefCallback<HTMLElement> {
  const [sights] = useState(() => new SightWatch());
  useEffect(() => sights.start(), [sights]);
  return sights.watch;
}
