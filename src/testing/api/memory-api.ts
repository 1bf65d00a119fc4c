import { Hono } from 'hono';
import { createApi } from '#api/create-api.ts';
import { type CheckUpload, createEmbeddedEngine } from '#api/embedded/embedded-engine.ts';
import { createLocalRecognition } from '#api/embedded/recognition.ts';
import { createStoppedPictures } from '#api/embedded/stopped-pictures.ts';
import type { Engine } from '#api/engine.ts';
import { API_CLIENTS } from '#api/files/stores.ts';
import { openApiDocument } from '#api/openapi/document.ts';
import { UNAUTHORIZED } from '#contract/errors.ts';
import { MIN_ASSET_SIDE } from '#contract/limits.ts';
import type { FaceBoundValue } from '#contract/recognize-faces.ts';
import { readPngHeader } from '#detector/headers/png-header.ts';
import { describeContent, sniffPicture } from '#detector/headers/sniff.ts';
import type { DetectorHost, HostEvents } from '#detector/ports.ts';
import { DetectorSupervisor } from '#detector/supervisor/supervisor.ts';
import { err, ok } from '#shared/result.ts';
import { createMemoryFiles, createMemoryOwners } from './memory-stores.ts';

/** The contract on a host that is nothing but web standards. */
export type MemoryApi = {
  /** Asks for a path below the base. */
  ask(path: string, init?: RequestInit): Promise<Response>;
  /** Asks for a whole address. */
  fetch(address: string): Promise<Response>;
  /** What it takes, such as `GET /files/:name`. */
  routes(): readonly string[];
  /** From now on nobody is known. */
  forgetCaller(): void;
  /** How many pictures the detector was given. */
  detections(): number;
};

const sizeOf = (png: Uint8Array) => readPngHeader(png, () => undefined);

/** A detector's host that finds these boxes in any PNG at once, as messages would tell it. */
function hostFinding(bounds: readonly FaceBoundValue[], events: HostEvents, seen: () => void): DetectorHost {
  const crop = (what: string, index: number) => new TextEncoder().encode(`${what} ${index}`);
  queueMicrotask(() => events.onMessage({ type: 'ready' }));
  return {
    pid: undefined,
    usage: () => undefined,
    stepBack: () => {},
    kill: () => queueMicrotask(() => events.onExit({ reason: 'it was ended', stderrTail: '', isFromOutside: false })),
    send: ({ job, picture }) => {
      seen();
      const { width, height } = sizeOf(picture);
      const faces = bounds.map((bound, index) => ({
        bound,
        score: 0.9,
        crop: crop('crop', index),
        feature: crop('feature', index),
      }));
      queueMicrotask(() => events.onMessage({ type: 'found', job, outcome: { width, height, faces } }));
    },
  };
}

/** As far as a host without a decoder can tell: by first bytes and header. */
const checkByHeader: CheckUpload = async (upload, claimed) => {
  const bytes = (await upload.read()) ?? new Uint8Array();
  if (sniffPicture(bytes) !== 'image/png' || claimed !== 'image/png') {
    return err({ code: 'unreadable-picture', reason: `it holds ${describeContent(bytes)}` });
  }
  const { width, height } = sizeOf(bytes);
  return Math.min(width, height) < MIN_ASSET_SIDE ? err({ code: 'picture-too-small', width, height }) : ok('png');
};

/** The whole contract in memory below `base`; only the host of the detector's child is made up. */
export function createMemoryApi({ base }: { readonly base: string }): MemoryApi {
  const files = createMemoryFiles();
  let detections = 0;
  let isKnown = true;
  const bounds = [
    { x: 10, y: 20, width: 80, height: 90 },
    { x: 200, y: 40, width: 60, height: 70 },
  ];
  const detector = new DetectorSupervisor({
    startChild: (events) =>
      hostFinding(bounds, events, () => {
        detections += 1;
      }),
    queueLimit: 8,
    jobLimit: { processorMs: 10_000, wallMs: 10_000 },
    startLimit: { processorMs: 10_000, wallMs: 10_000 },
    logger: undefined,
  });
  const embedded: Engine = createEmbeddedEngine({
    recognition: createLocalRecognition({
      detector,
      files,
      stopped: createStoppedPictures(),
      detectorVersion: 'memory',
    }),
    files,
    owners: createMemoryOwners(),
    checkUpload: checkByHeader,
    fetchLink: async () => err({ code: 'link-unreachable', reason: 'this host has no network' }),
    belowOurBase: ({ href }) => (href.startsWith(`${base}/`) ? href.slice(base.length) : undefined),
  });
  const api = createApi({
    engines: { embedded, kling: embedded },
    defaultEngine: 'embedded',
    files,
    openApi: openApiDocument({ version: '0.0.0-test' }),
    timeouts: { call: 10_000, fields: 10_000, upload: 10_000 },
    host: {
      base: () => base,
      identify: async () =>
        isKnown
          ? ok({
              requestId: 'one',
              caller: 'configured-bearer',
              token: undefined,
              owner: API_CLIENTS,
              markPaid: () => {},
              claimPaid: async () => true,
            })
          : err({ status: 401, body: UNAUTHORIZED }),
      guardBody: (body) => body,
      refuse: ({ status, body }) => Response.json(body, { status }),
      logger: { info: () => {}, error: () => {} },
    },
  });
  const host = new Hono({ strict: false }).route(new URL(base).pathname, api);
  return {
    ask: async (path, init) => host.request(`${base}${path}`, init),
    fetch: async (address) => host.request(address),
    routes: () => [...new Set(api.routes.map(({ method, path }) => `${method} ${path}`))],
    forgetCaller: () => {
      isKnown = false;
    },
    detections: () => detections,
  };
}
