import { type CSSProperties, memo, type Ref } from 'react';
import { useStore } from 'zustand';
import { currentSelection, selectionStore } from '#page/pictures/selection-store.ts';
import type { CropSource } from '#page/ui/crop-source.ts';
import type { Face } from '#shared/face.ts';
import type { Size } from '#shared/geometry/spaces.ts';
import { isSelected, primaryOf } from '#shared/selection.ts';
import { type FactSource, useFaceFacts } from '../facts/use-face-facts.ts';
import { type ActionsPlace, FaceCard, type OptionLayout } from './face-card.tsx';
import { FaceTile } from './face-tile.tsx';
import { FACE_ATTRIBUTE } from './use-option-pointer.ts';

type FaceOptionProps = {
  readonly id: string;
  readonly face: Face;
  readonly size: Size;
  readonly source: CropSource;
  readonly factSource: FactSource;
  readonly layout: OptionLayout;
  readonly isActive: boolean;
  readonly saysSmall: boolean;
  /** Where this card leaves room for the actions; `none` on all cards but one. */
  readonly actionsPlace: ActionsPlace;
  /** Place in the shown list, from 0, and its length. */
  readonly index: number;
  readonly count: number;
  readonly ref?: Ref<HTMLDivElement> | undefined;
  readonly className?: string;
  readonly style?: CSSProperties;
};

/** A face of the list that follows selection and hover by itself, so that a change redraws the cards it concerns only. */
export const FaceOption = memo(function FaceOption({ index, count, face, factSource, ...card }: FaceOptionProps) {
  const facts = useFaceFacts(face, factSource);
  const selected = useStore(selectionStore, (state) => isSelected(currentSelection(state), face.id));
  const primary = useStore(selectionStore, (state) => primaryOf(currentSelection(state)) === face.id);
  const severalSelected = useStore(
    selectionStore,
    (state) => currentSelection(state).ids.length > 1 || state.multiSelectMode,
  );
  const hovered = useStore(selectionStore, (state) => state.hovered === face.id);
  const Option = card.layout === 'tile' ? FaceTile : FaceCard;
  return (
    <Option
      {...card}
      {...{ [FACE_ATTRIBUTE]: face.id }}
      data-index={index}
      aria-posinset={index + 1}
      aria-setsize={count}
      face={face}
      facts={facts}
      isSelected={selected}
      isOneOfSeveral={selected && severalSelected}
      isPrimary={primary}
      isHovered={hovered}
    />
  );
});
