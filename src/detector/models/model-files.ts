/** Names of what `npm run build:models` writes into the models folder and of the graphs' inputs and outputs. */

/** SSD MobileNetV1: where faces are. */
export const SSD_FILE = 'ssd.onnx';
/** 68 landmarks of one face. */
export const LANDMARKS_FILE = 'landmarks68.onnx';
/** FaceMesh: whether a box holds a face, and whether that stands upright. */
export const FACE_MESH_FILE = 'facemesh.onnx';
/** All networks. */
export const NETWORK_FILES = [SSD_FILE, LANDMARKS_FILE, FACE_MESH_FILE] as const;
/** Licences of the weights and of the runtime that reads them. */
export const NOTICE_FILE = 'NOTICE';
/** Digest of what the networks were built from, so that they are built again only when that changed. */
export const INPUTS_FILE = 'inputs.sha256';

/** All graphs take RGB bytes, `[squares, height, width, 3]`. */
export const PIXELS_INPUT = 'pixels';

/** Side of the square that the SSD looks at, in pixels: what it was trained with. */
export const SSD_SIDE = 512;
/** Number of anchors, so of boxes and scores that one pass gives. */
export const SSD_ANCHORS = 5118;
/** A smaller side that it takes: it sees large faces alone, for a quarter of the time. */
export const SSD_SMALL_SIDE = 256;
/** A larger side that it takes: small faces are as large there as the network knows them, for up to three times the time. */
export const SSD_LARGE_SIDE = 896;
/** All sides that it takes, in the order in which the network holds their anchors. */
export const SSD_SIDES = [SSD_SIDE, SSD_SMALL_SIDE, SSD_LARGE_SIDE] as const;
export type SsdSide = (typeof SSD_SIDES)[number];
/**
 * Anchors at the end of a small square's that do not count: they belong to a feature map that would be half a pixel
 * there, so what is told of them means nothing.
 */
export const SSD_MEANINGLESS = 6;
/** `int64 [anchors]`: which anchors a look has, see `ssdPart`. */
export const SSD_PLACES_INPUT = 'places';
/** `float32 [1, anchors, 4]`: top, left, bottom, right as shares of the square. */
export const SSD_BOXES_OUTPUT = 'boxes';
/** `float32 [1, anchors, 1]`: 0 to 1. */
export const SSD_SCORES_OUTPUT = 'scores';

/** Side of the square that the landmark network looks at, in pixels. */
export const LANDMARKS_SIDE = 112;
/** Points that the landmark network gives, in the order of the iBUG 300-W annotation. */
export const LANDMARK_COUNT = 68;
/** `float32 [1, 136]`: x and y of each point in turn, as shares of the square. */
export const LANDMARKS_OUTPUT = 'points';

/** Side of the squares that FaceMesh looks at, in pixels; it takes any number of them at once. */
export const FACE_MESH_SIDE = 192;
/** `float32 [squares]`: how surely each shows a face, 0 to 1. It saturates: a face on its head passes as well. */
export const IS_FACE_OUTPUT = 'isFace';
/** `float32 [squares]`: the same before it is squeezed to 0 to 1, which tells an upright face (24) from a turned one. */
export const UPRIGHT_OUTPUT = 'upright';
