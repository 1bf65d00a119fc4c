import { useEffect, useId, useRef } from 'react';
import { useAccessKeyRequest } from '#lib/access-key-request.ts';
import { pauseWork } from '#lib/work-queue.ts';
import { AccessKeyForm } from './access-key-form.tsx';

/** Asks for the access key in front of the work when the session ended meanwhile, so that nothing is lost. */
export function KeyAgain() {
  const settle = useAccessKeyRequest();
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    if (settle !== undefined) dialog.current?.showModal();
    else dialog.current?.close();
  }, [settle]);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      // Esc: what waited fails with the reason. The rest of a batch waits too, or each picture would ask anew.
      onClose={() => {
        if (settle === undefined) return;
        pauseWork();
        settle(false);
      }}
      className="m-auto w-[calc(100vw-2rem)] max-w-md rounded-xl border border-line bg-panel p-6 text-ink shadow-float backdrop:bg-black/50"
    >
      {settle !== undefined && (
        <AccessKeyForm
          title="Your session has ended"
          titleId={titleId}
          note="Your work is still here, and goes on with the key."
          onOpened={() => settle(true)}
        />
      )}
    </dialog>
  );
}
