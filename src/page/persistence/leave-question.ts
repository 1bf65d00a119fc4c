import { createQuestion } from '#page/place/questions.ts';

/** Whether to sign out: apart from its dialog, which comes later. */
export const leaveQuestion = createQuestion<true>();
