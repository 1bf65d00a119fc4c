import { answerToSend, cancelToSend, sendQuestion } from '#page/detection/ask-before-sending.ts';
import { SendQuestion } from '#page/detection/send-question.tsx';
import { maySend } from '#page/pictures/send-permissions.ts';
import { useWork } from '#page/pictures/work-store.ts';
import { useKolors } from '#page/place/modes.ts';
import type { PictureId } from '#shared/picture-id.ts';

/** The question before what is open is sent to Kling. It waits for the Kolors panel, which asks for its own picture. */
export function SendQuestionArea() {
  const asked = sendQuestion.use()?.asked;
  const { isOpen: kolorsIsOpen } = useKolors();
  const records = useWork((state) => state.records);
  const pendingImports = useWork((state) => state.pendingImports);
  const openId = useWork((state) => state.openId);
  const isThere = (id: PictureId) => records.has(id) || pendingImports.has(id);
  const ids = asked?.ids.filter((id) => isThere(id) && !maySend(asked.session, id)) ?? [];
  const shown = ids.flatMap((id) => records.get(id) ?? []);
  const open = shown.find(({ id }) => id === openId);
  const answer = (chosen: readonly string[]) => asked !== undefined && answerToSend({ ...asked, ids }, chosen);
  return (
    <SendQuestion
      isAsked={asked !== undefined && ids.length > 0 && !kolorsIsOpen}
      cause={asked?.cause ?? 'engine'}
      account={asked?.session.email}
      count={ids.length}
      // The open one first: it is the one that "only this one" means.
      pictures={open === undefined ? shown : [open, ...shown.filter((picture) => picture !== open)]}
      open={open}
      onAll={() => answer(ids)}
      onOnlyOpen={() => answer(open === undefined ? [] : [open.id])}
      onNone={() => answer([])}
      onCancel={cancelToSend}
    />
  );
}
