import type { ImageRect, Size } from '#shared/geometry/spaces.ts';

/** `200 × 240 px`, rounded. */
export const formatSize = (size: Size): string => `${Math.round(size.width)} × ${Math.round(size.height)} px`;

/** `x 120, y 80, 200 × 240 px`, as exact as it came up to two decimals. */
export const formatRect = (rect: ImageRect): string =>
  `x ${exact(rect.x)}, y ${exact(rect.y)}, ${exact(rect.width)} × ${exact(rect.height)} px`;

const exact = (value: number): string => value.toLocaleString('en', { maximumFractionDigits: 2, useGrouping: false });

/** Share of the picture with one decimal: `1.9 %`, and `< 0.1 %` rather than nothing. */
export const formatShare = (share: number): string =>
  share > 0 && share < 0.0005 ? '< 0.1 %' : `${(share * 100).toFixed(1)} %`;

/** `812 B`, `4.1 KB`, `2.3 MB`: 1 KB is 1024 bytes, as limits are counted. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const kilobytes = bytes / 1024;
  return kilobytes < 1024 ? `${kilobytes.toFixed(1)} KB` : `${(kilobytes / 1024).toFixed(1)} MB`;
}

/** `378 ms`, `2.4 s`. */
export const formatTime = (milliseconds: number): string =>
  milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;

/** `1 picture`, `29 pictures`. */
export const formatPictureCount = (count: number): string => (count === 1 ? '1 picture' : `${count} pictures`);
