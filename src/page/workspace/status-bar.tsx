import type { EngineName } from '#contract/routes.ts';
import type { PictureDetection } from '#page/detection/picture-detection.ts';
import { statusMessage } from '#page/detection/status-message.ts';
import { useSelection } from '#page/pictures/selection-store.ts';
import type { Picture } from '#page/pictures/work-store.ts';
import { responseFileLabel } from '#shared/failure-message.ts';
import { formatTime } from '#shared/format-measures.ts';

/** One quiet line about the open picture: size, faces, time, engine, what was changed. */
export function StatusBar({
  picture,
  detection,
  engine,
}: {
  picture: Picture;
  detection: PictureDetection;
  engine: EngineName;
}) {
  const result = detection.state === 'done' ? detection.result : undefined;
  const size = result?.detection.size ?? picture.size;
  const selectedCount = useSelection().ids.length;
  return (
    <footer className="flex h-9 [@media(height<30rem)]:hidden items-center gap-4 overflow-hidden border-t border-line bg-panel px-4 text-xs whitespace-nowrap text-ink-faint tabular-nums">
      <span translate="no">{`${size.width} × ${size.height}`}</span>
      <span>{statusMessage(detection)}</span>
      {result !== undefined && selectedCount > 1 && <span className="text-accent">{selectedCount} selected</span>}
      {result?.exchange.readFrom === undefined ? (
        <>
          {result !== undefined && <span>{formatTime(result.exchange.durationMs)}</span>}
          {result?.exchange.isHeldUp === true && <span>slower because other programs run</span>}
          <span>{engine === 'kling' ? 'Kling' : 'embedded'}</span>
          {engine === 'kling' && picture.origin.kind === 'link' && (
            <span className="truncate text-ink">Kling fetches the link itself: the frame is Kling’s</span>
          )}
          {picture.origin.kind === 'replay' && <span className="text-ink">saved result, nothing was sent</span>}
        </>
      ) : (
        <span className="text-ink">{responseFileLabel(result.exchange.readFrom)}, nothing was sent</span>
      )}
      {picture.changes.length > 0 && <span className="truncate">{picture.changes.join(', ')}</span>}
      <span className="ml-auto hidden truncate xl:inline">1–9 pick · ← → walk · Z zoom to face · ? keys</span>
    </footer>
  );
}
