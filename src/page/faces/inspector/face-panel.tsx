import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { SMALL_FACE_SIDE } from '#contract/limits.ts';
import type { CropSource } from '#page/ui/crop-source.ts';
import { NumberBadge } from '#page/ui/number-badge.tsx';
import type { Detection, Face, FaceResource } from '#shared/face.ts';
import { formatRect, formatShare, formatSize } from '#shared/format-measures.ts';
import { shorten } from '#shared/shorten.ts';
import { type FactSource, useFaceFacts } from '../facts/use-face-facts.ts';
import { FACT_WORDS } from '../list/face-labels.ts';
import { isUnsure } from '../model/face-certainty.ts';
import type { FaceFact } from '../model/face-facts.ts';
import { DetectionEvidence } from './detection-evidence.tsx';

type FacePanelProps = {
  readonly face: Face;
  readonly detection: Detection;
  readonly source: CropSource;
  readonly factSource: FactSource;
};

/** All that is known of one face: every field that the service sent, and what we made of it. */
export function FacePanel({ face, detection, source, factSource }: FacePanelProps) {
  const { size, media } = detection;
  const facts = useFaceFacts(face, factSource);
  const warnings = [...faceWarnings(face, facts), ...detection.warnings];
  return (
    <div className="flex flex-col gap-4 px-4 py-3 text-[0.8125rem]">
      <h3 className="flex items-center gap-2">
        <NumberBadge faceNo={face.faceNo} filled />
        <span className="font-semibold">faceNo {face.faceNo}</span>
        <span className="min-w-0 truncate text-ink-soft">{face.name}</span>
      </h3>
      <DetectionEvidence face={face} size={size} source={source} />
      {warnings.length > 0 && (
        <ul className="flex flex-col gap-1 rounded bg-warn-soft px-3 py-2 text-xs text-warn">
          {warnings.map((warning) => (
            <li key={warning} className="flex gap-2">
              <TriangleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
              {warning}
            </li>
          ))}
        </ul>
      )}
      <Facts title="Place and size">
        <Fact name="As sent">{formatRect(face.rawBound)}</Fact>
        <Fact name="On the picture">{face.partlyOutside ? formatRect(face.bound) : 'the same'}</Fact>
        <Fact name="Share">{formatShare(face.share)} of the picture</Fact>
        {facts.length > 0 && <Fact name="As a reference">{facts.map((fact) => FACT_WORDS[fact]).join(', ')}</Fact>}
      </Facts>
      {face.resources.slice(0, MAX_LISTED).map((resource, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: resources have no identity but their place
        <Resource key={index} resource={resource} />
      ))}
      <NotListed count={face.resources.length} what="resources" />
      <Facts title="Arguments">
        {face.args.slice(0, MAX_LISTED).map((argument, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a name may come twice
          <Fact key={index} name={argument.name}>
            <Raw value={argument.value} />
          </Fact>
        ))}
      </Facts>
      <NotListed count={face.args.length} what="arguments" />
      <UnknownFacts title="Other fields of this face" fields={face.unknown} />
      <Facts title="Picture as measured">
        <Fact name="Size">{formatSize(size)}</Fact>
        <Fact name="type">{media.type ?? 'not sent'}</Fact>
        <Fact name="duration">{media.duration ?? 'not sent'}</Fact>
        <UnknownRows fields={media.unknown} />
      </Facts>
    </div>
  );
}

const faceWarnings = (face: Face, facts: readonly FaceFact[]): readonly string[] => [
  ...(face.partlyOutside ? ['This box leaves the picture. It is drawn and cropped where it lies on it.'] : []),
  ...(isUnsure(face) ? ['The detector is unsure that this is a face.'] : []),
  ...facts.flatMap((fact) => FACT_WARNINGS[fact] ?? []),
];

/** What a fact means for who would use the face; the box that leaves the picture has a sentence of its own. */
const FACT_WARNINGS: Readonly<Partial<Record<FaceFact, string>>> = {
  small: `This face is small: under ${SMALL_FACE_SIDE} px on its shorter side.`,
  blurred: 'This face is blurred: it shows little fine detail for its size.',
  'turned-away': 'This face is turned away.',
};

function Resource({ resource }: { readonly resource: FaceResource }) {
  return (
    <Facts title={`Resource ${resource.name}`}>
      <Fact name="type">{resource.type ?? 'not sent'}</Fact>
      <Fact name="url">
        {resource.url === undefined ? (
          'none that can be opened'
        ) : (
          <a href={resource.url} target="_blank" rel="noopener noreferrer" className="break-all text-accent underline">
            {shorten(resource.url)}
          </a>
        )}
      </Fact>
      <Fact name="marginTop">{resource.marginTop ?? 'not sent'}</Fact>
      <Fact name="countInRow">{resource.countInRow ?? 'not sent'}</Fact>
      <UnknownRows fields={resource.unknown} />
    </Facts>
  );
}

type Fields = Readonly<Record<string, unknown>> | undefined;

function UnknownFacts({ title, fields }: { readonly title: string; readonly fields: Fields }) {
  if (fields === undefined || Object.keys(fields).length === 0) return null;
  return (
    <Facts title={title}>
      <UnknownRows fields={fields} />
    </Facts>
  );
}

function UnknownRows({ fields }: { readonly fields: Fields }) {
  const entries = Object.entries(fields ?? {});
  return (
    <>
      {entries.slice(0, MAX_LISTED).map(([name, value]) => (
        <Fact key={name} name={shorten(name)}>
          <Raw value={value} />
        </Fact>
      ))}
      {entries.length > MAX_LISTED && <Fact name="…">{entries.length - MAX_LISTED} more in the response</Fact>}
    </>
  );
}

/** Most things of one kind that are listed: a reply may hold any number, and the Response tab shows them all. */
const MAX_LISTED = 50;

const NotListed = ({ count, what }: { readonly count: number; readonly what: string }) =>
  count > MAX_LISTED && (
    <p className="text-ink-faint">
      {count - MAX_LISTED} more {what} in the response
    </p>
  );

/** A value as it came, as JSON; text without its quotes. */
const Raw = ({ value }: { readonly value: unknown }) => (
  <code className="font-mono text-xs break-all">{shorten(asShown(value))}</code>
);

function asShown(value: unknown): string {
  if (typeof value === 'string') return value;
  try {
    return JSON.stringify(value);
  } catch {
    // The Response tab shows any depth; JSON.stringify ends where the stack does.
    return 'nested too deeply to be shown here';
  }
}

const Facts = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <section>
    <h4 className="mb-1 text-xs font-semibold text-ink-soft">{title}</h4>
    <dl className="grid grid-cols-[7rem_1fr] gap-x-3 gap-y-1 tabular-nums">{children}</dl>
  </section>
);

const Fact = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <>
    <dt className="truncate text-ink-faint">{name}</dt>
    <dd className="min-w-0 break-words">{children}</dd>
  </>
);
