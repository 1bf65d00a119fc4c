import type { Size } from '#shared/geometry/spaces.ts';

const MIB = 1024 * 1024;
const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const oneDigit = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

/** Whole numbers from ten up, one decimal below: as exact as a person needs. */
const rounded = (value: number): string => (value < 9.95 ? oneDigit : whole).format(value);

/** `10 MB` for 10 · 2²⁰ bytes, as the limits count them; `1.5 GB` from 2³⁰ on. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} ${bytes === 1 ? 'byte' : 'bytes'}`;
  if (bytes < MIB) return `${rounded(bytes / 1024)} KB`;
  return bytes < 1024 * MIB ? `${rounded(bytes / MIB)} MB` : `${rounded(bytes / (1024 * MIB))} GB`;
}

/** `4,096 × 2,731 pixels`. */
export const formatSize = (size: Size): string => `${whole.format(size.width)} × ${whole.format(size.height)} pixels`;

/** Megapixels without their unit: `24`, `1.2`. */
export const megapixels = (size: Size): string => rounded((size.width * size.height) / 1e6);
