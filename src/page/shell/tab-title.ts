import { useEffect } from 'react';
import { titledName } from '#page/pictures/model/picture-name.ts';
import { formatPlace } from '#page/pictures/picture-place.ts';
import { useWork } from '#page/pictures/work-store.ts';

const PAGE = 'Facebound';

/** The tab is called like the open picture and its place, so that one of many tabs and windows is found again. */
export function useTabTitle(): void {
  const title = useWork((state) => {
    const open = state.openId === undefined ? undefined : state.records.get(state.openId);
    return open === undefined
      ? PAGE
      : [titledName(open.name), formatPlace(state, open.id), PAGE].filter((part) => part !== undefined).join(' · ');
  });
  useEffect(() => {
    document.title = title;
    return () => {
      document.title = PAGE;
    };
  }, [title]);
}
