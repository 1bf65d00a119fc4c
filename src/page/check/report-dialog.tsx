import { useEffect, useId, useState } from 'react';
import type { AppConfig } from '#contract/app-config.ts';
import { runExport } from '#page/export/index.ts';
import { distinctNames, safeStem, withoutEnding } from '#page/painting/model/file-names.ts';
import { shownName } from '#page/pictures/model/picture-name.ts';
import { linkOf, type Picture } from '#page/pictures/work-store.ts';
import type { EngineSession } from '#page/session/engine-session.ts';
import { Button } from '#page/ui/button.tsx';
import { DialogCard, DialogHead } from '#page/ui/dialog-card.tsx';
import { loadChecks, useChecks } from './check-store.ts';
import { reviewersOf } from './model/opinions.ts';
import { type ReportedPicture, type ReportTruth, reportedPicture, reportFigures } from './model/report.ts';
import { type ReportFacts, reportSentence } from './model/report-words.ts';
import type { CheckRecord, CheckSet } from './model/verdict.ts';
import { digestsOf } from './own-checks.ts';
import {
  type ReportForm,
  type ReportItem,
  type ReportLook,
  reportDataJob,
  reportFileName,
  reportJob,
  shownItems,
} from './report-job.ts';
import { formPreference, obscurePreference, reportQuestion } from './report-question.ts';
import { type CheckedPicture, useCheckedPictures } from './use-checked-pictures.ts';

type ReportDialogProps = { readonly config: AppConfig; readonly session: EngineSession };

/** Asks what a report is to show, and saves it. */
export function ReportDialog({ config, session }: ReportDialogProps) {
  const asked = reportQuestion.use()?.asked;
  return (
    <DialogCard
      isOpen={asked !== undefined}
      onClose={reportQuestion.withdraw}
      firstFocus="input"
      className="max-w-md overflow-y-auto"
    >
      {asked !== undefined && <ReportChoices config={config} session={session} truth={asked.truth} />}
    </DialogCard>
  );
}

function ReportChoices({
  config: { version },
  session,
  truth,
}: ReportDialogProps & { readonly truth: ReportTruth | undefined }) {
  const checked = useCheckedPictures(session);
  const { own, others, status } = useChecks((state) => state);
  const digests = checked.flatMap(({ picture }) => digestsOf(picture)).join(' ');
  useEffect(() => loadChecks(digests.split(' ')), [digests]);
  const [title, setTitle] = useState(() => folderOf(checked.map(({ picture }) => picture)) ?? '');
  const [withAll, setWithAll] = useState(false);
  const [wholeLinks, setWholeLinks] = useState(false);
  const form = formPreference.use();
  const faces = obscurePreference.use();
  const titleId = useId();

  const sets = [own, ...others];
  const items = reportItems(checked, sets, wholeLinks);
  const reported = items.map((item) => item.reported);
  const figures = reportFigures(reported, checked.length - items.length, truth);
  const records = [...new Set(checked.flatMap((each) => each.records))];
  const facts: Omit<ReportFacts, 'madeAt'> = {
    title: title.trim(),
    figures,
    truth,
    reviewers: reviewersOf(records, sets),
    version,
    checkedAt: spanOf(records),
  };
  const look: ReportLook = { isObscured: faces === 'obscured', withAll };
  const fileName = reportFileName(stemOf(facts.title, checked), form);
  const different = shownItems(items, { withAll: false }).length;
  const hasLinks = items.some(({ picture }) => sourceOf(picture) !== undefined);
  const isReady = status !== 'loading' && items.length > 0;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!isReady) return;
        reportQuestion.withdraw();
        const used = new Set(records.map(({ set }) => set));
        const check = { sets: sets.filter(({ id }) => used.has(id)), records };
        void runExport(
          form === 'html'
            ? reportJob(facts, items, look, fileName)
            : reportDataJob(form, facts, items, check, fileName),
        );
      }}
    >
      <DialogHead title="Report" className="pb-1" />
      <div className="space-y-4 px-5 pb-5">
        <p className="text-ink-soft tabular-nums">
          {reportSentence(figures).replace(/^./, (letter) => letter.toUpperCase())}.
        </p>
        <div>
          <label htmlFor={titleId} className="font-medium">
            Title
          </label>
          <input
            id={titleId}
            value={title}
            maxLength={120}
            autoComplete="off"
            placeholder="What was checked"
            onChange={(event) => setTitle(event.target.value)}
            className="mt-1.5 block min-h-10 w-full rounded border border-line-strong bg-panel px-3 pointer-coarse:min-h-11"
          />
        </div>
        <Choice
          name="Save as"
          value={form}
          choices={[
            { value: 'html', label: 'Page' },
            { value: 'csv', label: 'CSV' },
            { value: 'json', label: 'JSON' },
            { value: 'coco', label: 'COCO' },
          ]}
          onChange={formPreference.set}
        />
        <p className="-mt-2 text-xs text-ink-soft">{FORM_NOTES[form]}</p>
        {form === 'html' && (
          <>
            <Choice
              name="Faces in the report"
              value={faces}
              choices={[
                { value: 'obscured', label: 'Obscured' },
                { value: 'shown', label: 'As they are' },
              ]}
              onChange={obscurePreference.set}
            />
            <p className="-mt-2 text-xs text-ink-soft">
              {faces === 'obscured'
                ? 'Found and drawn faces are blurred in the pixels. A face that nobody found or drew stays visible.'
                : 'Whoever gets the file sees the faces.'}
            </p>
            <Choice
              name="Pictures"
              value={withAll ? 'all' : 'different'}
              choices={[
                { value: 'different', label: `With a difference (${different})` },
                { value: 'all', label: `All ${items.length}` },
              ]}
              onChange={(value) => setWithAll(value === 'all')}
            />
          </>
        )}
        {form === 'html' && hasLinks && (
          <label className="flex min-h-8 items-center gap-2.5 pointer-coarse:min-h-11">
            <input
              type="checkbox"
              checked={wholeLinks}
              onChange={(event) => setWholeLinks(event.target.checked)}
              className="size-4 shrink-0 accent-accent"
            />
            Whole addresses of linked pictures, not the host alone
          </label>
        )}
        <div className="flex flex-wrap items-center justify-end gap-2 pt-1">
          <p className="min-w-0 flex-[1_1_10rem] text-xs max-sm:basis-full break-words text-ink-faint">
            <bdi>{fileName}</bdi>
          </p>
          <Button className="min-h-10" onClick={reportQuestion.withdraw}>
            Cancel
          </Button>
          <Button type="submit" look="primary" className="min-h-10" disabled={!isReady}>
            Save report
          </Button>
        </div>
      </div>
    </form>
  );
}

const FORM_NOTES: Readonly<Record<ReportForm, string>> = {
  html: 'One file to read and print. It opens in any browser, without Facebound.',
  csv: 'A row for every face, with its verdict. No pictures.',
  json: 'Figures and verdicts. Facebound opens it again beside the pictures.',
  coco: 'Every box with its verdict. Read as a truth it is the corrected one.',
};

type ChoiceProps<T extends string> = {
  readonly name: string;
  readonly value: T;
  readonly choices: readonly { readonly value: T; readonly label: string }[];
  readonly onChange: (value: T) => void;
};

/** One of a few, side by side: the browser's own radio buttons in the look of segments. */
function Choice<T extends string>({ name, value, choices, onChange }: ChoiceProps<T>) {
  const group = useId();
  return (
    <fieldset>
      <legend className="font-medium">{name}</legend>
      <div className="mt-1.5 grid auto-cols-fr grid-flow-col gap-0.5 rounded-lg border border-line bg-raised p-0.5">
        {choices.map((choice) => (
          <label
            key={choice.value}
            className="relative grid min-h-9 cursor-pointer place-items-center rounded px-2 text-center text-[0.8125rem] text-ink-soft has-checked:bg-panel has-checked:font-medium has-checked:text-ink has-checked:shadow-sm has-focus-visible:ring-2 has-focus-visible:ring-accent pointer-coarse:min-h-11 forced-colors:has-checked:outline-2"
          >
            <input
              type="radio"
              name={group}
              value={choice.value}
              checked={choice.value === value}
              onChange={() => onChange(choice.value)}
              className="absolute inset-0 cursor-pointer appearance-none opacity-0"
            />
            {choice.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** Every picture that has an answer, with what a report tells of it. */
function reportItems(
  checked: readonly CheckedPicture[],
  sets: readonly CheckSet[],
  wholeLinks: boolean,
): readonly ReportItem[] {
  const titles = distinctNames(checked.map(({ picture }) => withoutEnding(shownName(picture.name))));
  return checked.flatMap(({ picture, session, detection, opinions, progress, records }, index) => {
    if (detection.state !== 'done' || opinions === undefined) return [];
    const reported: ReportedPicture = reportedPicture(
      {
        title: titles[index] ?? shownName(picture.name),
        engine: session.engine,
        from: fromMessage(picture, wholeLinks),
        isDone: progress.state === 'done',
      },
      detection.result.detection,
      opinions,
      records,
      sets,
    );
    return [{ picture, detection: detection.result.detection, reported }];
  });
}

const sourceOf = ({ origin }: Picture): string | undefined =>
  linkOf(origin.kind === 'replay' ? origin.saved.source : origin);

/** A link may say more than its picture: only its host is told, unless somebody wants the whole of it. */
function fromMessage(picture: Picture, wholeLinks: boolean): string | undefined {
  const link = sourceOf(picture);
  if (link === undefined || wholeLinks) return link;
  return URL.canParse(link) ? new URL(link).host : undefined;
}

/** The folder that all pictures were dropped in. */
function folderOf(pictures: readonly Picture[]): string | undefined {
  const folders = new Set(pictures.map(({ handedOver }) => handedOver?.path?.split('/')[0]));
  const [only] = folders;
  return folders.size === 1 && only !== undefined ? shownName(only) : undefined;
}

function stemOf(title: string, checked: readonly CheckedPicture[]): string {
  const [first] = checked;
  if (title !== '') return safeStem(`${title}.html`).replaceAll(' ', '-').toLowerCase();
  return checked.length === 1 && first !== undefined ? safeStem(first.picture.name) : `${checked.length}-pictures`;
}

function spanOf(records: readonly CheckRecord[]): ReportFacts['checkedAt'] {
  const times = records.map(({ changedAt }) => changedAt).toSorted((a, b) => a - b);
  const [first, last] = [times[0], times.at(-1)];
  return first === undefined || last === undefined ? undefined : { first, last };
}
