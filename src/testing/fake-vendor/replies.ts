import sharp from 'sharp';

/** The documented replies of the vendor, as its reference pages show them. */

/** A box in pixels of the picture, as `face_bound` has it. */
export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

export const uploadReply = (url: string, fileName: string) => ({ status: 3, url, message: '', fileName });

/** A detection of these boxes; `cropUrl` gives the address of a face's crop. */
export const detectionReply = (
  size: { readonly width: number; readonly height: number },
  boxes: readonly Box[],
  cropUrl: (name: string) => string,
) => ({
  status: 0,
  message: '',
  ...(boxes.length === 0
    ? {}
    : {
        faceItems: boxes.map((box, index) => ({
          name: `face_${index}`,
          resources: ['face', 'face_feature'].map((name) => ({
            name,
            type: 'image',
            url: cropUrl(`${name}_${index}`),
            marginTop: 0,
            countInRow: 1,
          })),
          arguments: [{ name: 'face_bound', value: JSON.stringify(box) }],
        })),
      }),
  mediaInfo: { type: 'image', duration: 0, width: size.width, height: size.height },
});

export const accountEntry = (email: string) => ({
  email,
  session: { userId: 1234567, ExpireTime: 1_799_999_999_000, ExpireTimeUTC: '2027-01-15T08:00:00.000Z' },
  maxJobs: 5,
  password: '…secured…',
});

export const accountDetails = (email: string, credits: number) => ({
  ...accountEntry(email),
  balance: { points: [{ type: 'vip', amount: credits }], tickets: [], total: credits },
});

export type TaskStage = 'submitted' | 'processing' | 'succeed';

const TASK_STATUS: Readonly<Record<TaskStage, number>> = { submitted: 5, processing: 10, succeed: 99 };

export const taskReply = (
  task: { readonly id: string; readonly prompt: string; readonly pictures: readonly string[] },
  stage: TaskStage,
) => ({
  status: TASK_STATUS[stage],
  status_name: stage,
  status_final: stage === 'succeed',
  message: '',
  etaTime: stage === 'succeed' ? 0 : 8000,
  task: { id: task.id, taskInfo: { type: 'mmu_txt2img_aiweb', arguments: [{ name: 'prompt', value: task.prompt }] } },
  works:
    stage === 'succeed'
      ? task.pictures.map((url, index) => ({
          workId: `${task.id}${index}`,
          contentType: 'image',
          resource: { resource: url, width: 1024, height: 576 },
          cover: { resource: url, width: 1024, height: 576 },
          status: 99,
          status_name: 'succeed',
          status_final: true,
        }))
      : [],
});

/** A small picture in a colour of its own. */
export const colouredJpeg = (width: number, height: number, hue: number): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: { r: (hue * 67) % 256, g: 140, b: 180 } } })
    .jpeg()
    .toBuffer();

/** An upload as it lies at an account. */
export type UploadedAsset = {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly email: string;
};

export const uploadedAssetsReply = (assets: readonly UploadedAsset[]) => ({
  uploadAssetsList: assets.map(({ id, name, address }) => ({
    id,
    name,
    userId: 1234567,
    contentType: 'image',
    resource: { resource: address, height: 1080, width: 720, duration: 0, resourceKey: '' },
    cover: { resource: '', height: 1, width: 1, duration: 0, resourceKey: '' },
    createTime: 1_754_627_757_354,
    updateTime: 1_754_627_757_354,
    favored: false,
    extraInfo: '{}',
    entrance: '',
  })),
});

/** Each account with so many of its places free, and a task of somebody's in each other one. */
export const freePlacesReply = (accounts: readonly string[], free: number, maxJobs: number) => ({
  executing: accounts.flatMap((email) =>
    Array.from({ length: maxJobs - free }, (_, index) => ({
      id: 9000 + index,
      email,
      started: '2026-04-18T12:34:56.789Z',
      elapsed: '03:45',
      replyUrl: '',
      replyRef: '',
    })),
  ),
  available: accounts.map((email) => ({ email, maxJobs, executing: maxJobs - free, available: free })),
});
