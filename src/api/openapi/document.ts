import { z } from 'zod';
import { uploadAssetReply } from '#contract/assets.ts';
import {
  documentedAccount,
  documentedAccounts,
  documentedDownload,
  documentedFreePlaces,
  documentedRefusal,
  documentedTask,
  documentedTaskRemoval,
  documentedUploadRemoval,
  documentedUploads,
  kolorsRequest,
  recognizeFacesRequest,
} from '#contract/documented.ts';
import { ASSET_CONTENT_TYPES } from '#contract/limits.ts';
import {
  DETAILS_PARAMETER,
  FACE_DETAILS,
  FACE_POSE_ARGUMENT,
  FACE_SCORE_ARGUMENT,
  recognizeFacesReply,
} from '#contract/recognize-faces.ts';
import {
  contractPaths,
  DETECTOR_HEADER,
  HELD_UP_HEADER,
  MEASURED_SHA256_HEADER,
  PAID_ONCE_HEADER,
} from '#contract/routes.ts';
import { UPLOADED_ASSETS_QUERY } from '#contract/uploaded-assets.ts';
import type { OpenApiDocument } from './servers.ts';

const SCHEMAS = {
  UploadAssetReply: uploadAssetReply,
  RecognizeFacesRequest: recognizeFacesRequest,
  RecognizeFacesReply: recognizeFacesReply,
  KolorsRequest: kolorsRequest,
  Task: documentedTask,
  TaskRemoval: documentedTaskRemoval,
  Account: documentedAccount,
  Accounts: documentedAccounts,
  Uploads: documentedUploads,
  UploadRemoval: documentedUploadRemoval,
  FreePlaces: documentedFreePlaces,
  Download: documentedDownload,
  Refusal: documentedRefusal,
} as const;
type SchemaName = keyof typeof SCHEMAS;

const schemaRef = (name: SchemaName) => ({ $ref: `#/components/schemas/${name}` });
const jsonOf = (name: SchemaName) => ({ 'application/json': { schema: schemaRef(name) } });

/** The schemas as JSON Schema. A reply may gain fields at any time, so no object is closed. */
function componentSchemas(): Readonly<Record<string, unknown>> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(SCHEMAS)) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, {
    io: 'input',
    uri: (id) => `#/components/schemas/${id}`,
    override: ({ jsonSchema }) => {
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
      // What JavaScript's numbers can hold is no limit of the contract's.
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    },
  });
  return Object.fromEntries(
    Object.entries(schemas).map(([name, { $schema: _dialect, $id: _address, ...schema }]) => [name, schema]),
  );
}

type Parameter = { readonly name: string; readonly in: 'query' | 'path' | 'header'; readonly required?: boolean };
const parameter = ({ name, ...rest }: Parameter & { readonly description?: string }) => ({
  name,
  ...rest,
  schema: { type: 'string' },
});
const EMAIL = parameter({
  name: 'email',
  in: 'query',
  description: 'Kling account; any is taken by the embedded engine.',
});
const inPath = (name: string) => parameter({ name, in: 'path', required: true });

type Operation = {
  readonly operationId: string;
  readonly summary: string;
  readonly parameters?: readonly ReturnType<typeof parameter>[];
  readonly body?: Readonly<Record<string, unknown>>;
  readonly reply: SchemaName;
  /** Headers of the reply that a program may want, with what they say. */
  readonly headers?: Readonly<Record<string, string>>;
};

const bytes = { schema: { type: 'string', format: 'binary' } };

/** All calls of the contract, by path below its base and by method. */
const OPERATIONS: Readonly<Record<string, Readonly<Partial<Record<'get' | 'post' | 'delete', Operation>>>>> = {
  [contractPaths.assets]: {
    post: {
      operationId: 'uploadAsset',
      summary: 'Upload a picture: a PNG or JPEG of at most 10 MB, at least 300 pixels on each side.',
      parameters: [EMAIL],
      body: Object.fromEntries(ASSET_CONTENT_TYPES.map((type) => [type, bytes])),
      reply: 'UploadAssetReply',
    },
  },
  [contractPaths.recognizeFaces]: {
    post: {
      operationId: 'recognizeFaces',
      summary: 'Find the faces of a picture. Without a face faceItems is absent; face_bound holds JSON as text.',
      parameters: [
        parameter({
          name: DETAILS_PARAMETER,
          in: 'query',
          description: `${FACE_DETAILS.join(',')} or one of them: more arguments of each face, ${FACE_SCORE_ARGUMENT} and ${FACE_POSE_ARGUMENT}. For the embedded engine.`,
        }),
      ],
      body: {
        ...jsonOf('RecognizeFacesRequest'),
        'multipart/form-data': { schema: schemaRef('RecognizeFacesRequest') },
      },
      reply: 'RecognizeFacesReply',
      headers: {
        [DETECTOR_HEADER]: 'Mark of the detector that gave this answer; of the embedded engine.',
        [HELD_UP_HEADER]: '1 where other programs kept the detector waiting for longer than it worked.',
        [MEASURED_SHA256_HEADER]: 'SHA-256 (hex) of the bytes behind a link, as the embedded engine fetched them.',
      },
    },
  },
  [contractPaths.kolors]: {
    post: {
      operationId: 'generateKolors',
      summary: 'Generate pictures, one credit each. Never send it again by itself: it would be paid twice.',
      parameters: [
        parameter({
          name: PAID_ONCE_HEADER,
          in: 'header',
          description: 'An id of this request alone: what came with it before is not sent on again.',
        }),
      ],
      body: { ...jsonOf('KolorsRequest'), 'multipart/form-data': { schema: schemaRef('KolorsRequest') } },
      reply: 'Task',
    },
  },
  [`${contractPaths.tasks}/{id}`]: {
    get: { operationId: 'showTask', summary: 'How far a task is.', parameters: [inPath('id'), EMAIL], reply: 'Task' },
    delete: {
      operationId: 'deleteTask',
      summary: 'Remove what a task made.',
      parameters: [inPath('id'), EMAIL],
      reply: 'TaskRemoval',
    },
  },
  [contractPaths.accounts]: {
    get: { operationId: 'listAccounts', summary: 'The configured accounts, by email.', reply: 'Accounts' },
  },
  [`${contractPaths.accounts}/{email}`]: {
    get: {
      operationId: 'showAccount',
      summary: 'One account, with its credits.',
      parameters: [inPath('email')],
      reply: 'Account',
    },
  },
  [contractPaths.uploadedAssets]: {
    get: {
      operationId: 'listUploadedAssets',
      summary: 'What was uploaded to an account.',
      parameters: UPLOADED_ASSETS_QUERY.map((name) => (name === 'email' ? EMAIL : parameter({ name, in: 'query' }))),
      reply: 'Uploads',
    },
    delete: {
      operationId: 'deleteUploadedAssets',
      summary: 'Take back what was uploaded: one id, or up to ten with commas between them.',
      parameters: [{ ...EMAIL, required: true }, parameter({ name: 'id', in: 'query', required: true })],
      reply: 'UploadRemoval',
    },
  },
  [contractPaths.freePlaces]: {
    get: {
      operationId: 'listFreePlaces',
      summary: 'How many generations each account takes now.',
      reply: 'FreePlaces',
    },
  },
  [contractPaths.download]: {
    get: {
      operationId: 'downloadAsset',
      summary: 'Where a generated picture without watermark lies.',
      parameters: [EMAIL, ...['workIds', 'fileTypes'].map((name) => parameter({ name, in: 'query' }))],
      reply: 'Download',
    },
  },
};

const described = (headers: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(headers).map(([name, description]) => [name, { description, schema: { type: 'string' } }]),
  );

const operation = ({ body, reply, headers, ...rest }: Operation) => ({
  ...rest,
  ...(body === undefined ? {} : { requestBody: { required: true, content: body } }),
  responses: {
    '200': {
      description: 'The answer.',
      ...(headers === undefined ? {} : { headers: described(headers) }),
      content: jsonOf(reply),
    },
    '429': {
      description: 'Too much at once.',
      headers: described({ 'Retry-After': 'Seconds after which it may be tried again.' }),
      content: jsonOf('Refusal'),
    },
    default: { description: 'A refusal.', content: jsonOf('Refusal') },
  },
});

/** The contract as an OpenAPI 3.1 document, made from its schemas. The paths are below each of `serversAt`. */
export const openApiDocument = ({ version }: { readonly version: string }): OpenApiDocument => ({
  openapi: '3.1.0',
  info: {
    title: 'Facebound',
    version,
    description: "The part of useapi.net's Kling API that finds faces and uses them, answered by either engine.",
    license: { name: 'MIT', identifier: 'MIT' },
  },
  security: [{ bearer: [] }],
  paths: Object.fromEntries(
    Object.entries(OPERATIONS).map(([path, methods]) => [
      path,
      Object.fromEntries(Object.entries(methods).map(([method, one]) => [method, operation(one)])),
    ]),
  ),
  components: {
    securitySchemes: {
      bearer: { type: 'http', scheme: 'bearer', description: 'A token of useapi.net; at the embedded engine any.' },
    },
    schemas: componentSchemas(),
  },
});
