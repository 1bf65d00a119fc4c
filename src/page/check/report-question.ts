import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { createPreference } from '#page/platform/preference.ts';
import type { ReportTruth } from './model/report.ts';

/** Whether a report is being asked for, and what the answers were compared with, where they were. */
const reportStore = createStore<{ readonly isAsked: boolean; readonly truth: ReportTruth | undefined }>()(() => ({
  isAsked: false,
  truth: undefined,
}));

/** Opens the dialog that saves a report. `truth` are the figures of a comparison, where there is one. */
export const openReport = (truth?: ReportTruth): void => reportStore.setState({ isAsked: true, truth });
export const closeReport = (): void => reportStore.setState({ isAsked: false, truth: undefined });
export const useIsReportAsked = (): boolean => useStore(reportStore, (state) => state.isAsked);
export const useReportTruth = (): ReportTruth | undefined => useStore(reportStore, (state) => state.truth);

/** What a report was saved as last. */
export const formPreference = createPreference('facebound.report.form', ['html', 'csv', 'json', 'coco']);

/** Whether faces in a report are covered: asked each time, and begun with what was chosen last. */
export const obscurePreference = createPreference('facebound.report.faces', ['obscured', 'shown']);
