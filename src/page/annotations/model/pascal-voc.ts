import { boxOf, type ExportedPicture } from '#page/painting/model/exported-picture.ts';
import { escapeXml } from '#page/painting/model/xml.ts';

/**
 * The faces as a Pascal VOC annotation (devkit of 2012, section 3.5): whole pixels counted from 1, both ends included.
 * `truncated` says that the service's box leaves the picture.
 */
export function toPascalVoc(picture: ExportedPicture): string {
  const { size, detection, fileName } = picture;
  const objects = detection.faces.map((face) => {
    const { x, y, width, height } = boxOf(picture, face);
    const left = firstPixel(x, size.width);
    const top = firstPixel(y, size.height);
    return `  <object>
    <name>face</name>
    <pose>Unspecified</pose>
    <truncated>${face.partlyOutside ? 1 : 0}</truncated>
    <difficult>0</difficult>
    <bndbox>
      <xmin>${left}</xmin>
      <ymin>${top}</ymin>
      <xmax>${Math.max(left, Math.round(x + width))}</xmax>
      <ymax>${Math.max(top, Math.round(y + height))}</ymax>
    </bndbox>
    <attributes>
      <attribute><name>face_no</name><value>${face.faceNo}</value></attribute>
      <attribute><name>name</name><value>${escapeXml(face.name)}</value></attribute>
    </attributes>
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

/** The pixel, counted from 1, that a left or top edge begins in. */
const firstPixel = (edge: number, side: number): number => Math.min(side, Math.round(edge) + 1);
