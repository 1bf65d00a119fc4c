import { availableParallelism, cpus, release, totalmem } from 'node:os';

/** One measured figure. `aim` is what the project promises; a figure without one is for the reader. */
export type Figure = {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly aim?: { readonly atMost: number } | { readonly atLeast: number };
};

/** Figures that were measured together, with the conditions that a reader must know. */
export type Section = {
  readonly title: string;
  readonly conditions: string;
  readonly figures: readonly Figure[];
};

export const meetsAim = ({ value, aim }: Figure): boolean | undefined => {
  if (aim === undefined) return undefined;
  return 'atMost' in aim ? value <= aim.atMost : value >= aim.atLeast;
};

/** What the figures were measured on, without anything that names a person or a place. */
export const machine = () => ({
  node: process.version,
  system: `${process.platform} ${process.arch} ${release()}`,
  processor: cpus()[0]?.model ?? 'unknown',
  cores: availableParallelism(),
  memoryGb: Math.round(totalmem() / 1e9),
});

/** A section as lines of text, figures in columns. */
export function sectionText({ title, conditions, figures }: Section): string {
  const nameWidth = Math.max(...figures.map(({ name }) => name.length));
  const lines = figures.map((figure) => {
    const value = `${formatNumber(figure.value)}${figure.unit === '' ? '' : ` ${figure.unit}`}`;
    return `  ${figure.name.padEnd(nameWidth)}  ${value.padStart(14)}  ${aimText(figure)}`.trimEnd();
  });
  return [`\n${title}`, `  (${conditions})`, ...lines].join('\n');
}

function aimText(figure: Figure): string {
  if (figure.aim === undefined) return '';
  const [sign, limit] = 'atMost' in figure.aim ? ['≤', figure.aim.atMost] : ['≥', figure.aim.atLeast];
  return `${meetsAim(figure) === true ? '✓' : '✗'} ${sign} ${formatNumber(limit)}`;
}

/** Four significant digits are more than any of these figures can promise. */
const formatNumber = (value: number): string =>
  Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)));
