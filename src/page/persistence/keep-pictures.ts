import { createPreference } from '#page/platform/preference.ts';

/** Whether the person wants pictures kept beyond the work of a tab, not only results. */
const keepsPicturesPreference = createPreference('facebound.keep-pictures', ['no', 'yes']);

export const keepsPictures = (): boolean => keepsPicturesPreference.get() === 'yes';
export const useKeepsPictures = (): boolean => keepsPicturesPreference.use() === 'yes';
export const chooseKeepsPictures = (keeps: boolean): void => keepsPicturesPreference.set(keeps ? 'yes' : 'no');
