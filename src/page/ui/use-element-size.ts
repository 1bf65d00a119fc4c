import { type RefCallback, useCallback, useState } from 'react';
import type { Size } from '#shared/geometry/spaces.ts';

/**
 * Inner size of an element in CSS pixels, which the component follows, and the `ref` that tells it which; undefined
 * while there is no element.
 */
export function useElementSize(): readonly [RefCallback<HTMLElement>, Size | undefined] {
  const [size, setSize] = useState<Size>();
  const ref = useCallback((element: HTMLElement | null) => {
    if (element === null) return;
    const measure = () => {
      const { clientWidth: width, clientHeight: height } = element;
      setSize((last) => (last?.width === width && last.height === height ? last : { width, height }));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => {
      observer.disconnect();
      setSize(undefined);
    };
  }, []);
  return [ref, size];
}
