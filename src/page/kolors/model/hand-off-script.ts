import { contractPaths } from '#contract/routes.ts';
import { type JsonObject, javaScriptLiteral, pythonLiteral, TOKEN_PLACEHOLDER } from '#page/requests/model/index.ts';
import { SAME_FACE_IOU } from '#shared/geometry/match-face.ts';
import type { ImageRect, Size } from '#shared/geometry/spaces.ts';
import { costInCredits, draftRequest, formatCredits, type KolorsSettings } from './kolors-request.ts';

/** Everything that a script needs to find a chosen face again at Kling. It holds no token, address of ours or number. */
export type HandOff = {
  /** Base URL of the live service, without a slash at its end. */
  readonly baseUrl: string;
  readonly email: string | undefined;
  /** A file to upload, kept by the reader under this name, or a link that Kling fetches itself. */
  readonly picture:
    | { readonly kind: 'file'; readonly fileName: string; readonly contentType: string }
    | { readonly kind: 'link'; readonly url: string };
  /** The chosen box, in pixels of a picture of `size`. Undefined where the picture is a crop of the one face. */
  readonly chosen: { readonly box: ImageRect; readonly size: Size } | undefined;
  readonly settings: KolorsSettings;
};

export const SCRIPT_FORMS = ['javascript', 'python'] as const;
export type ScriptForm = (typeof SCRIPT_FORMS)[number];

/**
 * A short program that uploads the picture to Kling, detects faces there, finds the chosen one by intersection over
 * union, and asks Kolors for it with Kling's own number. It stops before the paid call when no face lies there. A crop of
 * one face is uploaded and asked for without a number.
 */
export const handOffScript = (handOff: HandOff, form: ScriptForm): string =>
  form === 'javascript' ? asJavaScript(handOff) : asPython(handOff);

/** The part of the request that is known before Kling has seen the picture. */
function knownFields({ settings, email }: HandOff): JsonObject {
  const { imageReference: _address, faceNo: _number, ...known } = draftRequest(settings, { imageReference: '' }, email);
  const { email: account, ...fields } = known;
  return { ...(account === undefined ? {} : { email: account }), ...fields };
}

const plain = ({ x, y, width, height }: ImageRect): JsonObject => ({ x, y, width, height });
/** Says how to run the script. It names no file of the reader's: a name may hold what ends a comment. */
const place = ({ picture }: HandOff): string => (picture.kind === 'file' ? ' beside the picture' : '');
const EMPTY_PROMPT = 'The prompt is empty: write what Kolors shall make, or the last call is refused.';
const isPromptEmpty = ({ settings }: HandOff): boolean => settings.prompt.trim() === '';
const uploadPath = (email: string | undefined): string =>
  contractPaths.assets + (email === undefined ? '' : `?${new URLSearchParams({ email })}`);
const cost = (handOff: HandOff): string => formatCredits(costInCredits(handOff.settings));

function asJavaScript(handOff: HandOff): string {
  const { picture, baseUrl, email, chosen } = handOff;
  const literal = javaScriptLiteral;
  const reference =
    picture.kind === 'link'
      ? [`const imageReference = ${literal(picture.url)};`]
      : [
          `const upload = await call(${literal(uploadPath(email))}, ${literal(picture.contentType)}, await readFile(${literal(picture.fileName)}));`,
          'const imageReference = upload.url;',
        ];
  return [
    `// Save as kolors.mjs${place(handOff)}, set USEAPI_TOKEN to your useapi.net token, then run: node kolors.mjs`,
    ...(picture.kind === 'file' ? ['import { readFile } from "node:fs/promises";'] : []),
    '',
    `const token = process.env.USEAPI_TOKEN; // ${TOKEN_PLACEHOLDER}`,
    'if (!token) stop("Set USEAPI_TOKEN to your useapi.net token first.");',
    '',
    ...(chosen === undefined
      ? []
      : [
          '// The chosen face, in pixels of a picture of this size.',
          `const size = { width: ${chosen.size.width}, height: ${chosen.size.height} };`,
          `const chosen = { x: ${chosen.box.x}, y: ${chosen.box.y}, width: ${chosen.box.width}, height: ${chosen.box.height} };`,
        ]),
    ...(isPromptEmpty(handOff) ? [`// ${EMPTY_PROMPT}`] : []),
    `const settings = ${literal(knownFields(handOff))};`,
    '',
    'function stop(sentence) {',
    '  console.error(sentence);',
    '  process.exit(1);',
    '}',
    '',
    'async function call(path, contentType, body) {',
    `  const response = await fetch(${literal(baseUrl)} + path, {`,
    '    method: "POST",',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a template of the code that is written
    '    headers: { Authorization: `Bearer ${token}`, "Content-Type": contentType },',
    '    body,',
    '  });',
    '  const text = await response.text();',
    '  let reply;',
    '  try {',
    '    reply = JSON.parse(text);',
    '  } catch {',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a template of the code that is written
    '    stop(`${path}: status ${response.status}, and no JSON but: ${text.trim().slice(0, 200)}`);',
    '  }',
    '  const words = [reply.error?.message, reply.error, reply.message].find((text) => typeof text === "string");',
    '  if (!response.ok || reply.error) {',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a template of the code that is written
    '    stop(`The service refused ${path} (status ${response.status}): ${words ?? "it gave no reason"}`);',
    '  }',
    '  return reply;',
    '}',
    'const post = (path, fields) => call(path, "application/json", JSON.stringify(fields));',
    '',
    ...(chosen === undefined
      ? ['// 1. The crop of the face goes to Kling.', ...reference]
      : [
          'function overlap(a, b) {',
          '  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);',
          '  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);',
          '  if (width <= 0 || height <= 0) return 0;',
          '  return (width * height) / (a.width * a.height + b.width * b.height - width * height);',
          '}',
          '',
          '// 1. The picture goes to Kling, which counts the faces in its own order.',
          ...reference,
          `const found = await post(${literal(contractPaths.recognizeFaces)}, { ${email === undefined ? '' : `email: ${literal(email)}, `}imageReference });`,
          '',
          '// 2. The face that lies where the chosen one lies.',
          'const scaleX = (found.mediaInfo?.width ?? size.width) / size.width;',
          'const scaleY = (found.mediaInfo?.height ?? size.height) / size.height;',
          'const place = {',
          '  x: chosen.x * scaleX, y: chosen.y * scaleY,',
          '  width: chosen.width * scaleX, height: chosen.height * scaleY,',
          '};',
          'const overlaps = (found.faceItems ?? []).map((item) => {',
          '  const bound = item.arguments?.find((argument) => argument.name === "face_bound");',
          '  return bound ? overlap(place, JSON.parse(bound.value)) : 0;',
          '});',
          'const best = overlaps.indexOf(Math.max(...overlaps));',
          `if (!(overlaps[best] >= ${SAME_FACE_IOU})) stop("Kling found no face at this place. Nothing was paid.");`,
        ]),
    '',
    `// ${chosen === undefined ? 2 : 3}. Kolors. This call costs ${cost(handOff)}; running it again costs that again.`,
    `const task = await post(${literal(contractPaths.kolors)}, { ...settings, imageReference${chosen === undefined ? '' : ', faceNo: best + 1'} });`,
    'console.log(JSON.stringify(task, null, 2));',
  ].join('\n');
}

function asPython(handOff: HandOff): string {
  const { picture, baseUrl, email, chosen } = handOff;
  const literal = pythonLiteral;
  const reference =
    picture.kind === 'link'
      ? [`image_reference = ${literal(picture.url)}`]
      : [
          `with open(${literal(picture.fileName)}, "rb") as file:`,
          `    upload = call(${literal(uploadPath(email))}, data=file.read(), content_type=${literal(picture.contentType)})`,
          'image_reference = upload["url"]',
        ];
  return [
    `# Save as kolors.py${place(handOff)}, set USEAPI_TOKEN to your useapi.net token, then run:`,
    '# pip install requests && python3 kolors.py',
    'import json',
    'import os',
    '',
    'import requests',
    '',
    `token = os.environ.get("USEAPI_TOKEN")  # ${TOKEN_PLACEHOLDER}`,
    'if not token:',
    '    raise SystemExit("Set USEAPI_TOKEN to your useapi.net token first.")',
    '',
    ...(chosen === undefined
      ? []
      : [
          '# The chosen face, in pixels of a picture of this size.',
          `size = ${literal({ ...chosen.size })}`,
          `chosen = ${literal(plain(chosen.box))}`,
        ]),
    ...(isPromptEmpty(handOff) ? [`# ${EMPTY_PROMPT}`] : []),
    `settings = ${literal(knownFields(handOff))}`,
    '',
    '',
    'def call(path, content_type="application/json", **body):',
    `    headers = {"Authorization": f"Bearer {token}", "Content-Type": content_type}`,
    `    response = requests.post(${literal(baseUrl)} + path, headers=headers, **body)`,
    '    try:',
    '        reply = response.json()',
    '    except ValueError:',
    '        text = response.text.strip()[:200]',
    '        raise SystemExit(f"{path}: status {response.status_code}, and no JSON but: {text}")',
    '    error = reply.get("error")',
    '    words = error.get("message") if isinstance(error, dict) else error or reply.get("message")',
    '    if not response.ok or error:',
    '        words = words or "it gave no reason"',
    '        raise SystemExit(f"The service refused {path} (status {response.status_code}): {words}")',
    '    return reply',
    '',
    '',
    ...(chosen === undefined
      ? ['# 1. The crop of the face goes to Kling.', ...reference]
      : [
          'def overlap(a, b):',
          '    width = min(a["x"] + a["width"], b["x"] + b["width"]) - max(a["x"], b["x"])',
          '    height = min(a["y"] + a["height"], b["y"] + b["height"]) - max(a["y"], b["y"])',
          '    if width <= 0 or height <= 0:',
          '        return 0',
          '    return width * height / (a["width"] * a["height"] + b["width"] * b["height"] - width * height)',
          '',
          '',
          '# 1. The picture goes to Kling, which counts the faces in its own order.',
          ...reference,
          `found = call(${literal(contractPaths.recognizeFaces)}, json={${email === undefined ? '' : `"email": ${literal(email)}, `}"imageReference": image_reference})`,
          '',
          '# 2. The face that lies where the chosen one lies.',
          'media = found.get("mediaInfo") or {}',
          'scale_x = (media.get("width") or size["width"]) / size["width"]',
          'scale_y = (media.get("height") or size["height"]) / size["height"]',
          'place = {',
          '    "x": chosen["x"] * scale_x, "y": chosen["y"] * scale_y,',
          '    "width": chosen["width"] * scale_x, "height": chosen["height"] * scale_y,',
          '}',
          'overlaps = []',
          'for item in found.get("faceItems") or []:',
          '    bounds = [a["value"] for a in item.get("arguments", []) if a["name"] == "face_bound"]',
          '    overlaps.append(overlap(place, json.loads(bounds[0])) if bounds else 0)',
          `if max(overlaps, default=0) < ${SAME_FACE_IOU}:`,
          '    raise SystemExit("Kling found no face at this place. Nothing was paid.")',
          'face_no = overlaps.index(max(overlaps)) + 1',
        ]),
    '',
    `# ${chosen === undefined ? 2 : 3}. Kolors. This call costs ${cost(handOff)}; running it again costs that again.`,
    `task = call(${literal(contractPaths.kolors)}, json={**settings, "imageReference": image_reference${chosen === undefined ? '' : ', "faceNo": face_no'}})`,
    'print(json.dumps(task, indent=2))',
  ].join('\n');
}
