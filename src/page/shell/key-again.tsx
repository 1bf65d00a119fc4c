import { useId } from 'react';
import { useAccessKeyRequest } from '#lib/access-key-request.ts';
import { ModalDialog } from '#lib/ui/modal-dialog.tsx';
import { pauseWork } from '#lib/work-queue.ts';
import { AccessKeyForm } from './access-key-form.tsx';

/** Asks for the access key in front of the work when the session ended meanwhile, so that nothing is lost. */
export function KeyAgain() {
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
