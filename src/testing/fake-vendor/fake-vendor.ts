import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import sharp from 'sharp';
import { z } from 'zod';
import { type Behaviour, behave, type Operation } from './behaviour.ts';
import {
  accountDetails,
  accountEntry,
  type Box,
  colouredJpeg,
  detectionReply,
  freePlacesReply,
  type TaskStage,
  taskReply,
  type UploadedAsset,
  uploadedAssetsReply,
  uploadReply,
} from './replies.ts';

/** One call that the fake vendor got. */
export type VendorCall = {
  readonly operation: Operation | undefined;
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
  /** True when the caller closed the connection before the answer was complete. */
  aborted: boolean;
};

/** A stand-in for the live service over real HTTP: documented shapes, and every way to fail. Counts what it is asked. */
export type FakeVendor = {
  /** For `USEAPI_BASE_URL`. */
  readonly baseUrl: string;
  /** `host:port` of its API and of its pictures, for `FACEBOUND_LINK_HOSTS`. */
  readonly host: string;
  /** The token that it accepts. */
  readonly token: string;
  readonly calls: readonly VendorCall[];
  /** Credits that were spent so far, one an image. */
  readonly creditsSpent: number;
  /** What was uploaded, by this caller or by others with the same account, and not taken back. Newest last. */
  readonly uploads: readonly UploadedAsset[];
  /** Puts an upload of somebody else's beside ours; its address is one of its own unless told. */
  addUpload(upload: { readonly name: string; readonly email?: string; readonly address?: string }): UploadedAsset;
  callsTo(operation: Operation): readonly VendorCall[];
  /** Treats the next `times` calls of an operation (all, when left out) like this, until the returned function runs. */
  on(operation: Operation, behaviour: Behaviour, times?: number): () => void;
  /** Lets held calls go on. */
  release(): void;
  /**
   * Forgets its calls, what was spent, its list of uploads and how it was told to behave; pictures and tasks stay. From here on it is as it
   * was started, but for `changes`: that is cheaper than another vendor, and another server in front of it.
   */
  reset(changes?: VendorSetUp): void;
  close(): Promise<void>;
};

/** What there is at a fake vendor. */
export type VendorSetUp = {
  readonly accounts?: readonly string[];
  /** Boxes that it finds on every picture. */
  readonly boxes?: readonly Box[];
  /** Size that it reports for pictures that it did not get by upload. */
  readonly linkedSize?: { readonly width: number; readonly height: number };
  /** Polls until a task is done. */
  readonly pollsToFinish?: number;
  /** Generations that each account takes now. */
  readonly freePlaces?: number;
};

export type FakeVendorOptions = VendorSetUp & { readonly token?: string };

/** Generations that an account runs at once. */
const MAX_JOBS = 5;
/** Entries of a list where the caller does not say how many. Vendor's default. */
const PAGE_SIZE = 20;

const DEFAULT_BOXES: readonly Box[] = [
  { x: 120, y: 80, width: 100, height: 120 },
  { x: 20, y: 60, width: 80, height: 96 },
];

const complete = (setUp: VendorSetUp): Required<VendorSetUp> => ({
  accounts: setUp.accounts ?? ['kling@example.com'],
  boxes: setUp.boxes ?? DEFAULT_BOXES,
  linkedSize: setUp.linkedSize ?? { width: 724, height: 1268 },
  pollsToFinish: setUp.pollsToFinish ?? 2,
  freePlaces: setUp.freePlaces ?? MAX_JOBS,
});

const kolorsRequest = z.looseObject({
  email: z.string().optional(),
  prompt: z.string().min(1).max(2500),
  reference: z.enum(['none', 'subject', 'face', 'restyle']).default('none'),
  imageReference: z.url().optional(),
  faceNo: z.int().min(1).default(1),
  faceStrength: z.int().min(1).max(100).default(65),
  imageCount: z.int().min(1).max(9).default(1),
  version: z.string().default('kling-v3-0'),
});

/** An answer as documented. */
type Reply = { readonly status: number; readonly body: unknown };
const okReply = (body: unknown): Reply => ({ status: 200, body });
const refusal = (status: number, error: string): Reply => ({ status, body: { error } });

function operationOf(method: string, path: string): Operation | undefined {
  const routes: readonly (readonly [string, RegExp, Operation])[] = [
    ['POST', /^\/assets\/?$/, 'assets'],
    ['POST', /^\/images\/recognize-faces$/, 'recognize'],
    ['GET', /^\/accounts$/, 'accounts'],
    ['GET', /^\/accounts\/[^/]+$/, 'account'],
    ['POST', /^\/images\/kolors$/, 'kolors'],
    ['GET', /^\/tasks\/[^/]+$/, 'task'],
    ['GET', /^\/assets\/download$/, 'download'],
    ['GET', /^\/assets\/uploaded\/?$/, 'uploaded'],
    ['DELETE', /^\/assets\/uploaded\/?$/, 'delete-uploaded'],
    ['DELETE', /^\/tasks\/[^/]+$/, 'delete-task'],
    ['GET', /^\/scheduler\/available$/, 'free-places'],
  ];
  return routes.find(([verb, pattern]) => verb === method && pattern.test(path))?.[2];
}

const BASE = '/v1/kling';

/** Starts a fake vendor on a free port. */
export async function startFakeVendor(options: FakeVendorOptions = {}): Promise<FakeVendor> {
  const token = options.token ?? 'user:1234-abcdefghijkl';
  let { accounts, boxes, linkedSize, pollsToFinish, freePlaces } = complete(options);

  const calls: VendorCall[] = [];
  const pictures = new Map<string, { readonly bytes: Buffer; readonly type: string }>();
  const tasks = new Map<
    string,
    { readonly id: string; readonly prompt: string; readonly pictures: string[]; polls: number }
  >();
  const scripted = new Map<Operation, { readonly behaviour: Behaviour; left: number }[]>();
  const held: (() => void)[] = [];
  let uploads: readonly UploadedAsset[] = [];
  /** More digits than a number holds exactly, as the vendor's have. */
  let nextId = 869_218_167_527_833_000n;
  let creditsSpent = 0;
  let host = '';

  const keep = (name: string, bytes: Buffer, type = 'image/jpeg'): string => {
    pictures.set(name, { bytes, type });
    return `http://${host}/cdn/${name}`;
  };
  const accountProblem = (email: string | undefined): Reply | undefined => {
    if (email === undefined) {
      return accounts.length > 1
        ? refusal(400, 'Parameter email is required, several accounts are configured')
        : undefined;
    }
    return accounts.includes(email) ? undefined : refusal(404, `Account ${email} is not configured`);
  };

  const noteUpload = (name: string, address: string, email = accounts[0] ?? ''): UploadedAsset => {
    nextId += 1n;
    const noted = { id: String(nextId), name, address, email };
    uploads = [...uploads, noted];
    return noted;
  };

  const upload = async (call: VendorCall, email: string | undefined): Promise<Reply> => {
    const type = call.headers['content-type'] ?? '';
    if (type !== 'image/png' && type !== 'image/jpeg') {
      return refusal(400, `Content-Type ${type} is not supported. Valid values: image/png,image/jpeg,video/mp4`);
    }
    const name = `upload-${nextId % 1000n}.${type === 'image/png' ? 'png' : 'jpg'}`;
    const address = keep(name, call.body, type);
    noteUpload(name, address, email);
    return okReply(uploadReply(address, name));
  };

  /** A page of what lies at the account; `fileName` is a keyword search. */
  const listUploads = (query: URLSearchParams): Reply => {
    const email = query.get('email') ?? accounts[0];
    const found = uploads.filter(
      (one) =>
        one.email === email && one.name.includes(query.get('fileName') ?? '') && query.get('contentType') !== 'video',
    );
    if (query.get('sort') !== 'asc') found.reverse();
    const size = Number(query.get('pageSize') ?? PAGE_SIZE);
    const start = (Number(query.get('pageNum') ?? 1) - 1) * size;
    return okReply(uploadedAssetsReply(found.slice(start, start + size)));
  };

  const deleteUploads = (query: URLSearchParams): Reply => {
    const email = query.get('email');
    if (email === null) return refusal(400, 'Parameter email is required');
    const asked = new Set((query.get('id') ?? '').split(','));
    if (asked.size > 10 || ![...asked].every((id) => /^\d+$/.test(id))) {
      return refusal(
        400,
        `Parameter id (${query.get('id')}) must be a numeric string or a comma-separated list of up to 10 numeric strings`,
      );
    }
    const gone = uploads.filter((one) => one.email === email && asked.has(one.id));
    uploads = uploads.filter((one) => !gone.includes(one));
    for (const { address } of gone) pictures.delete(address.split('/').at(-1) ?? '');
    return okReply({ deleted: gone.length, ids: gone.map(({ id }) => id) });
  };

  const deleteTask = (id: string): Reply => {
    const task = tasks.get(id);
    if (task === undefined || task.pictures.length === 0) return refusal(404, 'Task works not found');
    tasks.delete(id);
    for (const address of task.pictures) pictures.delete(address.split('/').at(-1) ?? '');
    return okReply({ deleted: task.pictures.length, workIds: task.pictures.map((_, index) => `${id}${index}`) });
  };

  const recognize = async (fields: Readonly<Record<string, unknown>>): Promise<Reply> => {
    const reference = z.string().min(1).safeParse(fields['imageReference']);
    if (!reference.success) return refusal(400, 'Parameter imageReference is required');
    const name = reference.data.startsWith(`http://${host}/cdn/`) ? reference.data.split('/').at(-1) : undefined;
    const picture = pictures.get(name ?? '');
    if (name !== undefined && picture === undefined) return refusal(410, 'This result is gone');
    const size = picture === undefined ? linkedSize : await sharp(picture.bytes).metadata();
    const crops = new Map<string, string>();
    for (const [index, box] of boxes.entries()) {
      for (const kind of ['face', 'face_feature']) {
        const crop = await colouredJpeg(box.width, box.height, index);
        crops.set(`${kind}_${index}`, keep(`crop-${pictures.size}-${kind}_${index}.jpg`, crop));
      }
    }
    return okReply(detectionReply(size, boxes, (crop) => crops.get(crop) ?? ''));
  };

  const generate = async (fields: Readonly<Record<string, unknown>>): Promise<Reply> => {
    const parsed = kolorsRequest.safeParse(fields);
    if (!parsed.success) return refusal(400, `Parameter ${parsed.error.issues[0]?.path.join('.')} is not valid`);
    const { prompt, reference, imageReference, imageCount, version } = parsed.data;
    if (reference !== 'none' && imageReference === undefined)
      return refusal(400, 'Parameter imageReference is required');
    if (reference === 'face' && version === 'kling-v3-0') {
      return refusal(400, 'Parameter reference face is not supported by version kling-v3-0');
    }
    creditsSpent += imageCount;
    const id = String(tasks.size + 1000);
    const results: string[] = [];
    for (let index = 0; index < imageCount; index += 1) {
      results.push(keep(`work-${id}-${index}.jpg`, await colouredJpeg(1024, 576, index)));
    }
    const task = { id, prompt, pictures: results, polls: 0 };
    tasks.set(id, task);
    return okReply(taskReply(task, 'submitted'));
  };

  const showTask = (id: string): Reply => {
    const task = tasks.get(id);
    if (task === undefined) return refusal(404, 'Task not found');
    task.polls += 1;
    const stage: TaskStage = task.polls > pollsToFinish ? 'succeed' : 'processing';
    return okReply(taskReply(task, stage));
  };

  const download = (query: URLSearchParams): Reply => {
    const workId = query.get('workIds') ?? '';
    const task = tasks.get(workId.slice(0, -1));
    const picture = task?.pictures[Number(workId.slice(-1))];
    return picture === undefined ? refusal(404, 'Work not found') : okReply({ cdnUrl: picture });
  };

  /** The documented answer. */
  const answer = async (call: VendorCall, url: URL): Promise<Reply> => {
    if (call.headers.authorization !== `Bearer ${token}`)
      return { status: 401, body: { error: 'Unauthorized', code: 401 } };
    const path = url.pathname.slice(BASE.length);
    const fields = call.method === 'POST' && call.operation !== 'assets' ? await readFields(call) : {};
    const email = url.searchParams.get('email') ?? (typeof fields['email'] === 'string' ? fields['email'] : undefined);
    const last = decodeURIComponent(path.split('/').at(-1) ?? '');
    switch (call.operation) {
      case 'accounts':
        return accounts.length === 0
          ? refusal(404, 'No accounts configured')
          : okReply(Object.fromEntries(accounts.map((name) => [name, accountEntry(name)])));
      case 'account':
        return accountProblem(last) ?? okReply(accountDetails(last, 66));
      case 'assets':
        return accountProblem(email) ?? upload(call, email);
      case 'recognize':
        return accountProblem(email) ?? recognize(fields);
      case 'kolors':
        return accountProblem(email) ?? generate(fields);
      case 'task':
        return showTask(last);
      case 'download':
        return download(url.searchParams);
      case 'uploaded':
        return accountProblem(email) ?? listUploads(url.searchParams);
      case 'delete-uploaded':
        return accountProblem(email) ?? deleteUploads(url.searchParams);
      case 'delete-task':
        return accountProblem(email) ?? deleteTask(last);
      case 'free-places':
        return okReply(freePlacesReply(accounts, freePlaces, MAX_JOBS));
      case undefined:
        return refusal(404, 'Not found');
    }
  };

  const nextBehaviour = (operation: Operation | undefined): Behaviour | undefined => {
    const queue = operation === undefined ? [] : (scripted.get(operation) ?? []);
    const next = queue.find(({ left }) => left > 0);
    if (next !== undefined) next.left -= 1;
    return next?.behaviour;
  };

  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '/', `http://${host}`);
    if (url.pathname.startsWith('/cdn/')) {
      const picture = pictures.get(url.pathname.slice('/cdn/'.length));
      if (picture === undefined) response.writeHead(404).end();
      else response.writeHead(200, { 'content-type': picture.type }).end(picture.bytes);
      return;
    }
    const method = request.method ?? 'GET';
    const operation = operationOf(method, url.pathname.slice(BASE.length));
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const call: VendorCall = {
      operation,
      method,
      target: request.url ?? '',
      headers: request.headers,
      body: Buffer.concat(chunks),
      aborted: false,
    };
    response.on('close', () => {
      call.aborted = !response.writableFinished;
    });
    calls.push(call);
    const behaviour = nextBehaviour(operation);
    if (behaviour !== undefined && behaviour.kind !== 'held') {
      behave(
        behaviour,
        response,
        `${method} ${request.url} ${JSON.stringify(request.headers)} ${call.body.toString()}`,
      );
      return;
    }
    if (behaviour !== undefined) await new Promise<void>((resolve) => held.push(resolve));
    const { status, body } = await answer(call, url);
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
  };

  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('No port');
  host = `127.0.0.1:${address.port}`;

  return {
    baseUrl: `http://${host}${BASE}`,
    host,
    token,
    calls,
    get creditsSpent() {
      return creditsSpent;
    },
    get uploads() {
      return uploads;
    },
    addUpload: ({ name, email, address }) => noteUpload(name, address ?? `http://${host}/cdn/other-${name}`, email),
    callsTo: (operation) => calls.filter((call) => call.operation === operation),
    on: (operation, behaviour, times = Number.POSITIVE_INFINITY) => {
      const queue = scripted.get(operation) ?? [];
      const entry = { behaviour, left: times };
      queue.push(entry);
      scripted.set(operation, queue);
      return () => {
        entry.left = 0;
      };
    },
    release: () => {
      for (const go of held.splice(0)) go();
    },
    reset: (changes) => {
      calls.length = 0;
      creditsSpent = 0;
      scripted.clear();
      uploads = [];
      ({ accounts, boxes, linkedSize, pollsToFinish, freePlaces } = complete({ ...options, ...changes }));
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The named values of a JSON or multipart body; none when it cannot be read. */
async function readFields(call: VendorCall): Promise<Readonly<Record<string, unknown>>> {
  const contentType = call.headers['content-type'] ?? '';
  if (contentType.startsWith('multipart/form-data')) {
    const form = await new Response(new Uint8Array(call.body), { headers: { 'content-type': contentType } }).formData();
    return Object.fromEntries(form.entries());
  }
  const parsed = z.record(z.string(), z.unknown()).safeParse(JSON.parse(call.body.toString() || '{}'));
  return parsed.success ? parsed.data : {};
}
