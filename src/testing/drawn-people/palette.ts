import type { Colour } from './colour.ts';

/** A skin's colours in light, middle and shade; shades are redder than the middle, as skin's are. */
export type SkinTone = { readonly light: Colour; readonly base: Colour; readonly shade: Colour };

export const SKIN_TONES: readonly [SkinTone, ...SkinTone[]] = [
  { light: '#fdeadb', base: '#f7d7c2', shade: '#e2ab92' },
  { light: '#f9dcc2', base: '#f0c8a8', shade: '#d59c78' },
  { light: '#f8dfba', base: '#edca9c', shade: '#cf9d6a' },
  { light: '#f0c79c', base: '#e2b083', shade: '#be8255' },
  { light: '#e6bb8a', base: '#d3a06f', shade: '#aa7547' },
  { light: '#d9a271', base: '#c48856', shade: '#985f35' },
  { light: '#c48b5d', base: '#ab7145', shade: '#7e4b2a' },
  { light: '#a9714b', base: '#8e5937', shade: '#643a21' },
  { light: '#8f5b3d', base: '#75472d', shade: '#4e2c1b' },
  { light: '#754a35', base: '#5d3826', shade: '#3c2217' },
];

export const HAIR_COLOURS = {
  black: '#1f1a1c',
  espresso: '#352420',
  brown: '#54341f',
  chestnut: '#74411f',
  auburn: '#8e4522',
  ginger: '#bd6427',
  honey: '#b98a45',
  blond: '#d8b36c',
  grey: '#8d8d92',
  silver: '#c3c3c4',
} as const satisfies Record<string, Colour>;
export type HairColour = keyof typeof HAIR_COLOURS;

export const IRIS_COLOURS = {
  darkBrown: '#3c2415',
  brown: '#5f3a1c',
  hazel: '#7b5a2a',
  green: '#5c7a4c',
  blue: '#4a7399',
  grey: '#6d7f8b',
} as const satisfies Record<string, Colour>;
export type IrisColour = keyof typeof IRIS_COLOURS;

/** Muted clothes: the faces stay the loudest thing in the picture. */
export const CLOTHES: readonly [Colour, ...Colour[]] = [
  '#34506f',
  '#3f6b4c',
  '#8a6b3a',
  '#6b4a6e',
  '#7a3b3d',
  '#4c4a63',
  '#2f5d61',
  '#b5654a',
  '#c08a3e',
  '#5b7c8d',
  '#93a27c',
  '#a2566a',
  '#d9cdb8',
  '#2d3440',
  '#738496',
  '#e3dccf',
];

export const SCARVES: readonly [Colour, ...Colour[]] = [
  '#b7788a',
  '#4f7f86',
  '#c8a46b',
  '#5c5f8e',
  '#d5c6b3',
  '#7d4f63',
  '#547a5f',
  '#33415c',
];
