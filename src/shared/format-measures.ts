import { MIB } from '#contract/limits.ts';
import type { ImageRect, Size } from './geometry/spaces.ts';
import { once } from './once.ts';

const whole = once(() => new Intl.NumberFormat('en', { maximumFractionDigits: 0 }));
const oneDigit = once(() => new Intl.NumberFormat('en', { maximumFractionDigits: 1 }));

/** Whole numbers from ten up, one decimal below: as exact as a person needs. */
const rounded = (value: number): string => (value < 9.95 ? oneDigit() : whole()).format(value);

/** `200 × 240 px`, rounded; in a sentence `4,096 × 2,731 pixels`. */
export const formatSize = ({ width, height }: Size, where: 'label' | 'sentence' = 'label'): string =>
  where === 'label'
    ? `${Math.round(width)} × ${Math.round(height)} px`
    : `${whole().format(width)} × ${whole().format(height)} pixels`;

/** `546 px`, `4,096 px`. */
export const formatWidth = ({ width }: Pick<Size, 'width'>): string => `${whole().format(width)} px`;

/** `x 120, y 80, 200 × 240 px`, as exact as it came up to two decimals. */
export const formatRect = (rect: ImageRect): string =>
  `x ${exact(rect.x)}, y ${exact(rect.y)}, ${exact(rect.width)} × ${exact(rect.height)} px`;

const exact = (value: number): string => value.toLocaleString('en', { maximumFractionDigits: 2, useGrouping: false });

/** Share of the picture with one decimal: `1.9 %`, and `< 0.1 %` rather than nothing. */
export const formatShare = (share: number): string =>
  share > 0 && share < 0.0005 ? '< 0.1 %' : `${(share * 100).toFixed(1)} %`;

/** `812 bytes`, `4.1 KB`, `10 MB`, `1.5 GB`: 1 KB is 1024 bytes, as limits are counted. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} ${bytes === 1 ? 'byte' : 'bytes'}`;
  if (bytes < MIB) return `${rounded(bytes / 1024)} KB`;
  return bytes < 1024 * MIB ? `${rounded(bytes / MIB)} MB` : `${rounded(bytes / (1024 * MIB))} GB`;
}

/** Megapixels without their unit: `24`, `1.2`. */
export const formatMegapixels = (size: Size): string => rounded((size.width * size.height) / 1e6);

/** `378 ms`, `2.4 s`. */
export const formatTime = (milliseconds: number): string =>
  milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;

/** A wait that somebody asked for, in words: `45 seconds`, `12 minutes`, `3 hours`, `a day or longer`. */
export function formatWait(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  if (seconds < 120) return seconds === 1 ? '1 second' : `${seconds} seconds`;
  if (seconds < 7200) return `${Math.ceil(seconds / 60)} minutes`;
  return seconds < 86_400 ? `${Math.ceil(seconds / 3600)} hours` : 'a day or longer';
}

/** `1 face`, `28 faces`. */
export const formatFaceCount = (count: number): string => (count === 1 ? '1 face' : `${count} faces`);

/** `1 picture`, `29 pictures`. */
export const formatPictureCount = (count: number): string => (count === 1 ? '1 picture' : `${count} pictures`);
