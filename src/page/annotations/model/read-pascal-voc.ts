import { imageRect, type Size } from '#shared/geometry/spaces.ts';
import { asNumber, asText } from '#shared/lenient.ts';
import type { AnnotatedBox, AnnotatedPicture, AnnotationFile } from './annotation-file.ts';
import { readXml, type XmlElement } from './read-xml.ts';

/**
 * Pascal VOC annotations of one picture (devkit of 2012, section 3.5). Whole pixels count from 1 there and both ends
 * belong to the box; a file with an edge at 0 counts from 0, and its far edges are behind the box. Undefined for other
 * XML.
 */
export function readPascalVoc(text: string): AnnotationFile | undefined {
  const root = readXml(text);
  if (root?.name !== 'annotation') return undefined;
  const objects = root.children.filter(({ name }) => name === 'object');
  const edges = objects.map(edgesOf);
  const countsFromZero = edges.some(({ left, top }) => (left ?? 1) < 1 || (top ?? 1) < 1);
  const boxes = objects.map((object, index) => toBox(object, edges[index], countsFromZero));
  const picture: AnnotatedPicture = {
    pictureName: asText(textIn(root, 'filename')),
    unit: 'pixels',
    size: sizeIn(root),
    orientation: 1,
    boxes,
  };
  return { format: 'pascal-voc', pictures: [picture], unlisted: [] };
}

const childOf = (element: XmlElement | undefined, name: string): XmlElement | undefined =>
  element?.children.find((child) => child.name === name);

const textIn = (element: XmlElement | undefined, name: string): string | undefined => childOf(element, name)?.text;
const numberIn = (element: XmlElement | undefined, name: string): number | undefined => asNumber(textIn(element, name));

/** Some programs write 0 by 0 where they did not look. */
function sizeIn(root: XmlElement): Size | undefined {
  const size = childOf(root, 'size');
  const [width, height] = [numberIn(size, 'width'), numberIn(size, 'height')];
  return width === undefined || height === undefined || width < 1 || height < 1 ? undefined : { width, height };
}

type Edges = Readonly<Record<'left' | 'top' | 'right' | 'bottom', number | undefined>>;

function edgesOf(object: XmlElement): Edges {
  const box = childOf(object, 'bndbox');
  return {
    left: numberIn(box, 'xmin'),
    top: numberIn(box, 'ymin'),
    right: numberIn(box, 'xmax'),
    bottom: numberIn(box, 'ymax'),
  };
}

function toBox(object: XmlElement, edges: Edges | undefined, countsFromZero: boolean): AnnotatedBox {
  const attributes = (childOf(object, 'attributes')?.children ?? []).map(
    (attribute) => [textIn(attribute, 'name'), textIn(attribute, 'value')] as const,
  );
  const attribute = (name: string) => attributes.find(([known]) => known === name)?.[1];
  const isIgnored = ['difficult', 'ignore', 'ignored'].some((name) => numberIn(object, name) === 1);
  const common = {
    kind: asText(textIn(object, 'name')),
    faceNo: asNumber(attribute('face_no')),
    name: asText(attribute('name')),
    ignored: isIgnored ? ('one' as const) : undefined,
  };
  const { left, top, right, bottom } = edges ?? edgesOf(object);
  if (left === undefined || top === undefined || right === undefined || bottom === undefined) {
    return { bound: undefined, told: [left, top, right, bottom], ...common };
  }
  const before = countsFromZero ? 0 : 1;
  return { bound: imageRect(left - before, top - before, right - left + before, bottom - top + before), ...common };
}
