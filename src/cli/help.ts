/** What the process ends with; the same numbers stand in the help and in the README. */
export const EXIT_CODES = {
  ok: 0,
  'threshold-missed': 1,
  usage: 2,
  'pictures-failed': 3,
  'nobody-there': 4,
  mistake: 70,
  interrupted: 130,
} as const;

export const HELP = `Finds faces in pictures, writes them down, and compares them with a truth.

  npm run --silent detect -- <pictures or folders> [options]
  node dist/server/detect.js <pictures or folders> [options]

Folders are searched with all that is in them. Nothing is written but what is asked for.

Results
  (default)               a table on standard output; progress goes to standard error
  --json                  one JSON document on standard output instead
  --coco FILE             all faces as one COCO document
  --csv FILE              all faces as a table for spreadsheets
                          Boxes are in pixels of your own files, upright, as the page exports them.

Comparing
  --truth FILE            COCO, YOLO labels (with their classes), Pascal VOC, CSV, or a check saved by the page;
                          or a folder of them. Several are taken together. Pictures that it does not tell of are
                          left out of all figures, and said.
  --kind NAME             which boxes of the truth are faces, where they are not called so; several times
  --match-from IOU        least overlap of a box with its face, .3 to .9 (.5)
  --fail-under FIGURE=N   the least that a figure may be, such as recall=.95 or recall=95%, several by commas:
                          precision, recall, f1, iou (the mean of the right ones).
                          A figure of nothing (0/0, written –) meets none, and says so.

Who looks
  (default)               the embedded detector, started by this command; no server is needed
  --server URL            a running Facebound, such as http://127.0.0.1:4173. Pictures are sent as the page sends them:
                          upright, at most 4096 pixels wide or high, free of place and camera
  --engine NAME           embedded (default) or kling, which needs --server and a token, and keeps what it is sent
  --account EMAIL         which account at Kling, where there are several
  --token-env NAME        the variable that holds the token; a token itself is no argument, because everybody on
                          the machine can read those
  --token-stdin           reads the token from standard input

  -q, --quiet             no progress
  -h, --help              this
  --version

Exit codes
  0  all pictures were looked at, and every threshold is met
  1  a threshold is missed (also when pictures failed as well)
  2  something about the call is wrong, or a file could not be written
  3  some pictures could not be looked at; the others are in the results
  4  no server, or no detector
  70  a mistake of Facebound itself
  130  stopped by Ctrl+C; nothing was written
`;
