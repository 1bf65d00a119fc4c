import { createQuestion } from '#page/place/questions.ts';
import { createPreference } from '#page/platform/preference.ts';
import type { ReportTruth } from './model/report.ts';

/** What a report is to show. `truth` are the figures of a comparison, where there is one. */
export const reportQuestion = createQuestion<{ readonly truth: ReportTruth | undefined }>();

export const openReport = (truth?: ReportTruth): void => void reportQuestion.askInstead({ truth });

/** What a report was saved as last. */
export const formPreference = createPreference('facebound.report.form', ['html', 'csv', 'json', 'coco']);

/** Whether faces in a report are covered: asked each time, and begun with what was chosen last. */
export const obscurePreference = createPreference('facebound.report.faces', ['obscured', 'shown']);
