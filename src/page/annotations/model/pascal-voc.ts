import { boxOf, drawnName, type ExportedPicture } from '#page/painting/model/exported-picture.ts';
import { escapeXml } from '#page/painting/model/xml.ts';

/**
 * The faces as a Pascal VOC annotation (devkit of 2012, section 3.5): whole pixels counted from 1, both ends included.
 * `truncated` says that the service's box leaves the picture; the attribute `drawn` that a person drew the face.
 */
export function toPascalVoc(picture: ExportedPicture): string {
  const { size, detection, fileName, drawn = [] } = picture;
  const faces = [
    ...detection.faces.map(({ bound, partlyOutside, faceNo, name }) => ({
      bound,
      partlyOutside,
      attributes: { face_no: String(faceNo), name },
    })),
    ...drawn.map((face) => ({
      bound: face.bound,
      partlyOutside: false,
      attributes: { name: drawnName(face), drawn: '1' },
    })),
  ];
  const objects = faces.map(({ bound, partlyOutside, attributes }) => {
    const { x, y, width, height } = boxOf(picture, { bound });
    const left = firstPixel(x, size.width);
    const top = firstPixel(y, size.height);
    return `  <object>
    <name>face</name>
    <pose>Unspecified</pose>
    <truncated>${partlyOutside ? 1 : 0}</truncated>
    <difficult>0</difficult>
    <bndbox>
      <xmin>${left}</xmin>
      <ymin>${top}</ymin>
      <xmax>${Math.max(left, Math.round(x + width))}</xmax>
      <ymax>${Math.max(top, Math.round(y + height))}</ymax>
    </bndbox>
    <attributes>
${Object.entries(attributes).map(attributeXml).join('')}    </attributes>
  </object>
`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<annotation>
  <folder></folder>
  <filename>${escapeXml(fileName)}</filename>
  <source>
    <database>Facebound</database>
  </source>
  <size>
    <width>${size.width}</width>
    <height>${size.height}</height>
    <depth>3</depth>
  </size>
  <segmented>0</segmented>
${objects.join('')}</annotation>
`;
}

const attributeXml = ([name, value]: readonly [string, string]): string =>
  `      <attribute><name>${name}</name><value>${escapeXml(value)}</value></attribute>\n`;

/** The pixel, counted from 1, that a left or top edge begins in. */
const firstPixel = (edge: number, side: number): number => Math.min(side, Math.round(edge) + 1);
