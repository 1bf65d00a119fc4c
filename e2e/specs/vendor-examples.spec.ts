/**
 * The three examples of the vendor's page, run as they stand there: only the base URL is ours, and token, email and
 * picture are filled in as the page tells its reader to.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { recognizeFacesReply } from '#contract/recognize-faces.ts';
import type { PictureHost } from '../fixtures/picture-host.ts';
import { drawnJpeg, groupOf } from '../fixtures/pictures.ts';
import { expect, test } from '../fixtures/test.ts';

const run = promisify(execFile);
const TOKEN = 'user:1234-abcdefghijkl';
const EMAIL = 'someone@example.com';

/** True when a program is on this machine and does what the example asks of it. */
const works = (command: string, ...args: string[]): Promise<boolean> =>
  run(command, args).then(
    () => true,
    () => false,
  );

async function linkedPicture(pictureHost: PictureHost): Promise<string> {
  const picture = await drawnJpeg('example.jpg', groupOf(5, 'vendor'));
  return pictureHost.serve('example.jpg', picture.bytes, 'image/jpeg');
}

function expectFiveFaces(json: unknown): void {
  const reply = recognizeFacesReply.parse(json);
  expect(reply.status).toBe(0);
  expect(reply.faceItems?.map(({ name }) => name)).toEqual(['face_0', 'face_1', 'face_2', 'face_3', 'face_4']);
  expect(reply.mediaInfo).toMatchObject({ width: 1600, height: 1000 });
}

test('curl', async ({ server, pictureHost }) => {
  test.skip(!(await works('curl', '--version')), 'curl is not installed');
  const { stdout } = await run('curl', [
    '-sS',
    '-X',
    'POST',
    `${server.origin}/v1/kling/images/recognize-faces`,
    '-H',
    'Content-Type: application/json',
    '-H',
    `Authorization: Bearer ${TOKEN}`,
    '-d',
    JSON.stringify({ email: EMAIL, imageReference: await linkedPicture(pictureHost) }),
  ]);
  expectFiveFaces(JSON.parse(stdout));
});

test('curl with multipart/form-data', async ({ server, pictureHost }) => {
  test.skip(!(await works('curl', '--version')), 'curl is not installed');
  const { stdout } = await run('curl', [
    '-sS',
    `${server.origin}/v1/kling/images/recognize-faces`,
    '-H',
    `Authorization: Bearer ${TOKEN}`,
    '-F',
    `email=${EMAIL}`,
    '-F',
    `imageReference=${await linkedPicture(pictureHost)}`,
  ]);
  expectFiveFaces(JSON.parse(stdout));
});

test('JavaScript', async ({ server, pictureHost }) => {
  const example = `
    const token = "${TOKEN}";
    const email = "${EMAIL}";
    const apiUrl = "${server.origin}/v1/kling/images/recognize-faces";
    const response = await fetch(apiUrl, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        "Authorization": \`Bearer \${token}\`,
      },
      body: JSON.stringify({
        email: email,
        imageReference: "${await linkedPicture(pictureHost)}"
      })
    });
    const result = await response.json();
    console.log(JSON.stringify(result));`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', example]);
  expectFiveFaces(JSON.parse(stdout));
});

test('Python', async ({ server, pictureHost }) => {
  test.skip(!(await works('python3', '-c', 'import requests')), 'python3 with the requests package is not installed');
  const example = `
import json
import requests
token = "${TOKEN}"
email = "${EMAIL}"
apiUrl = "${server.origin}/v1/kling/images/recognize-faces"
headers = {
    "Content-Type": "application/json",
    "Authorization" : f"Bearer {token}"
}
data = {
    "email": email,
    "imageReference": "${await linkedPicture(pictureHost)}"
}
response = requests.post(apiUrl, headers=headers, json=data)
print(json.dumps(response.json()))`;
  const { stdout } = await run('python3', ['-c', example]);
  expectFiveFaces(JSON.parse(stdout));
});
