import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { type ReactNode, useEffect, useRef } from 'react';
import { closeKolors, showKolorsView, useKolors } from '#page/place/modes.ts';
import type { HandOff } from '#page/place/place-store.ts';
import type { CropSource } from '#page/ui/crop-source.ts';
import { IconButton } from '#page/ui/icon-button.tsx';
import { PHONE } from '#page/ui/phone.ts';
import { TabBar, TabPanel, Tabs } from '#page/ui/tabs.tsx';
import { useMediaQuery } from '#page/ui/use-media-query.ts';
import type { AtKling } from './at-kling.ts';
import { ConfirmCost } from './confirm-cost.tsx';
import { rememberedGenerations } from './generation-store.ts';
import { GenerationsView } from './generations-view.tsx';
import { costInCredits } from './model/kolors-request.ts';
import { RequestView } from './request-view.tsx';
import { faceName } from './script-for.ts';
import { useGenerate } from './use-generate.ts';
import type { RequestDraft } from './use-request-draft.ts';

export type KolorsPanelProps = {
  /** The chosen face; without one only what was generated is shown. */
  readonly target: HandOff | undefined;
  readonly atKling: AtKling;
  readonly onSend: () => void;
  readonly onCancel: () => void;
  readonly onRetry: () => void;
  readonly source: CropSource;
  /** Base URL of the live service, for the request as it is shown. */
  readonly baseUrl: string;
  /** Kling account that was chosen. */
  readonly email: string | undefined;
  readonly credentialId: string;
  readonly hasOwnToken: boolean;
  readonly serverHasToken: boolean;
  /** What is decided for the next request. */
  readonly draft: RequestDraft;
  readonly tokenForm: ReactNode;
  readonly accountChoice: ReactNode;
};

/** The side sheet that leads from a face to Kolors, and back to everything that was generated. */
export function KolorsPanel(props: KolorsPanelProps) {
  const { target, source, credentialId, hasOwnToken, serverHasToken, email, tokenForm } = props;
  const { isOpen, view } = useKolors();
  const { value: generations } = rememberedGenerations.use();
  const generate = useGenerate();
  const isPhone = useMediaQuery(PHONE);
  const credential = hasOwnToken ? 'own' : serverHasToken ? 'server' : undefined;
  const shownView = target === undefined ? 'generations' : view;
  const { asking } = generate;
  const cost = asking && {
    credits: costInCredits(asking.generation.request),
    account: asking.generation.request.email,
    credential: asking.generation.credential,
    isAgain: asking.again !== undefined,
  };
  const content = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // What was pressed to get asked may be gone with its tab; the keyboard stays in the panel.
    if (asking === undefined && document.activeElement === document.body) content.current?.focus();
  }, [asking]);
  const tabs = [
    ...(target === undefined ? [] : [{ value: 'request', label: faceName(target) }]),
    { value: 'generations', label: generations.length === 0 ? 'Generations' : `Generations ${generations.length}` },
  ];

  return (
    // Beside the stage, where another face can be picked meanwhile; on phones in front of everything.
    <Dialog.Root modal={isPhone} open={isOpen} onOpenChange={(open) => !open && closeKolors()}>
      <Dialog.Portal>
        <Dialog.Content
          ref={content}
          aria-describedby={undefined}
          onInteractOutside={(event) => event.preventDefault()}
          onEscapeKeyDown={(event) => {
            // One Esc is one step back: first out of a question, which hears of it itself.
            if (event.target instanceof Element && event.target.closest('dialog') !== null) event.preventDefault();
          }}
          className="fixed top-14 right-0 bottom-0 z-40 flex w-(--kolors-width) flex-col border-l border-line bg-panel shadow-float outline-none motion-safe:animate-[kolors-in_180ms_ease-out] phone:inset-0 phone:z-50 phone:w-full phone:border-l-0"
        >
          <Tabs
            value={shownView}
            onValueChange={(value) => showKolorsView(value === 'request' ? 'request' : 'generations')}
            className="flex-1"
          >
            <TabBar label="Kolors" tabs={tabs} className="h-14 px-5 max-sm:px-4 [&_button]:min-h-14">
              <Dialog.Title className="order-first mr-3 text-base font-semibold">Kolors</Dialog.Title>
              <Dialog.Close asChild>
                <IconButton icon={X} label="Close Kolors" className="ml-auto" />
              </Dialog.Close>
            </TabBar>
            {target !== undefined && (
              <TabPanel value="request" tabIndex={-1} className="flex flex-col">
                <RequestView
                  key={`${target.picture.id} ${target.engine} ${target.face.id}`}
                  target={target}
                  atKling={props.atKling}
                  source={source}
                  email={email}
                  baseUrl={props.baseUrl}
                  credential={credential}
                  generate={generate}
                  draft={props.draft}
                  tokenForm={tokenForm}
                  accountChoice={props.accountChoice}
                  onSend={props.onSend}
                  onCancel={props.onCancel}
                  onRetry={props.onRetry}
                />
              </TabPanel>
            )}
            <TabPanel value="generations" tabIndex={-1} className="flex flex-col">
              <GenerationsView
                credentialId={credentialId}
                hasOwnToken={hasOwnToken}
                serverHasToken={serverHasToken}
                tokenForm={tokenForm}
                generate={generate}
                pictureHref={source.cropHref}
              />
            </TabPanel>
          </Tabs>
          <ConfirmCost cost={cost} onConfirm={generate.confirm} onCancel={generate.cancel} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
