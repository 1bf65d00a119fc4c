import { useId } from 'react';
import { pauseWork } from '#page/pictures/work-queue.ts';
import { AccessKeyForm } from '#page/session/bootstrap/access-key-form.tsx';
import { useAccessKeyRequest } from '#page/session/session-store.ts';
import { ModalDialog } from '#page/ui/modal-dialog.tsx';

/** Asks for the access key in front of the work when the session ended meanwhile, so that nothing is lost. */
export function AccessKeyDialog() {
  const settle = useAccessKeyRequest();
  const titleId = useId();
  return (
    <ModalDialog
      isOpen={settle !== undefined}
      aria-labelledby={titleId}
      // Esc: what waited fails with the reason. The rest of a batch waits too, or each picture would ask anew.
      onClose={() => {
        if (settle === undefined) return;
        pauseWork();
        settle(false);
      }}
      className="p-6"
    >
      {settle !== undefined && (
        <AccessKeyForm
          title="Your session has ended"
          titleId={titleId}
          note="Your work is still here, and goes on with the key."
          onOpened={() => settle(true)}
        />
      )}
    </ModalDialog>
  );
}
