import { QueryClientProvider } from '@tanstack/react-query';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { detectFacesQuery } from '#page/detection/detect-faces.ts';
import { setUpload, uploads } from '#page/detection/upload-store.ts';
import { maySend } from '#page/pictures/send-permissions.ts';
import { EMPTY_WORK, type Picture, withPictures, workStore } from '#page/pictures/work-store.ts';
import { createQueryClient } from '#page/platform/query-client.ts';
import { type EngineSession, sessionWith } from '#page/session/engine-session.ts';
import { changeCredentials, credentialsNow } from '#page/session/session-store.ts';
import { type Mounted, mount } from '#testing/page/mount.ts';
import { PictureMenu } from './picture-menu.tsx';

const SESSION: EngineSession = {
  engine: 'embedded',
  credentialId: 'server',
  email: undefined,
  needsAccount: false,
  canAsk: true,
};
const picture: Picture = {
  id: 'a',
  order: 0,
  name: 'team.jpg',
  origin: { kind: 'file', via: 'drop' },
  blob: new Blob(),
  url: '',
  thumbnail: new Blob(),
  thumbnailUrl: '',
  size: { width: 400, height: 300 },
  changes: [],
  orientation: 1,
  warnings: [],
  sha256: 'of a',
};
const onClose = vi.fn();
let mounted: Mounted | undefined;

function open({ klingHasToken }: { klingHasToken: boolean }): void {
  changeCredentials({ engine: 'embedded', serverHasToken: klingHasToken });
  workStore.setState({ ...EMPTY_WORK, ...withPictures(EMPTY_WORK, [picture]), openId: picture.id });
  const client = createQueryClient();
  const address = 'https://uploads.test/a.jpg';
  setUpload(SESSION, picture, { state: 'done', address });
  client.setQueryData(detectFacesQuery(SESSION, address, picture).queryKey, {
    detection: {
      faces: [],
      unreadable: [],
      size: picture.size,
      warnings: [],
      media: { type: undefined, duration: undefined },
    },
    exchange: { method: 'POST', path: '/', status: 200, durationMs: 1, body: '{}', requestId: undefined },
    imageReference: address,
  });
  mounted = mount(
    <QueryClientProvider client={client}>
      <PictureMenu place={{ id: picture.id, at: { x: 20, y: 20 } }} session={SESSION} onClose={onClose} />
    </QueryClientProvider>,
    { width: 400, height: 400 },
  );
}

const item = (name: RegExp) => page.getByRole('menuitem', { name });

afterEach(() => {
  mounted?.unmount();
  onClose.mockReset();
  uploads.clear();
  workStore.setState(EMPTY_WORK);
  changeCredentials({ engine: 'embedded', serverHasToken: false });
});

describe('the menu of a picture', () => {
  test('is named like it, and says why detecting again would be no use', async () => {
    open({ klingHasToken: false });
    await expect.element(page.getByRole('menu', { name: 'team.jpg' })).toBeVisible();
    await expect
      .element(item(/^Detect again/))
      .toHaveAccessibleName('Detect again The same detector finds the same in it');
    await expect.element(item(/^Detect again/)).toHaveAttribute('aria-disabled', 'true');
    // It is in reach of the arrows all the same, and choosing it closes nothing.
    await userEvent.keyboard('{ArrowDown}');
    await expect.element(item(/^Detect again/)).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    expect(onClose).not.toHaveBeenCalled();
    await expect.element(item(/Kling/)).not.toBeInTheDocument();
  });

  test('removes it', async () => {
    open({ klingHasToken: false });
    await item(/^Remove/).click();
    expect(workStore.getState().records.size).toBe(0);
  });

  test('sends this one to Kling, where that can be asked, and shows what Kling says', async () => {
    open({ klingHasToken: true });
    await item(/^Send to Kling/).click();
    expect(maySend(sessionWith('kling'), picture.id)).toBe(true);
    expect(credentialsNow().engine).toBe('kling');
  });
});
