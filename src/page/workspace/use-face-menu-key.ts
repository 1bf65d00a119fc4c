import { useEffect, useEffectEvent } from 'react';
import type { OpenFaceMenu } from '#page/faces/list/face-actions.tsx';
import { usesKey } from '#page/keyboard/focused-control.ts';
import { isMenuKey } from '#page/keyboard/shortcuts.ts';
import type { Face } from '#shared/face.ts';

/**
 * The menu key opens the menu of the primary face wherever the focus is, but for fields, menus and dialogs, which have
 * menus of their own; the list takes the key before, for the face that the keyboard is at. The menu opens in the middle
 * of the stage, because a card may be out of sight.
 */
export function useFaceMenuKey(primaryFace: () => Face | undefined, onFaceMenu: OpenFaceMenu): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || !isMenuKey(event) || usesKey(event.target, event.key)) return;
    const face = primaryFace();
    const stage = document.querySelector('section[aria-label="Stage"]');
    if (face === undefined || stage === null) return;
    event.preventDefault();
    const { left, top, width, height } = stage.getBoundingClientRect();
    onFaceMenu(face, { x: left + width / 2, y: top + height / 2 });
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => press(event);
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
