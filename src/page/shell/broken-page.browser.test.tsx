import { createRoot } from 'react-dom/client';
import { expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { BrokenPage } from './broken-page.tsx';

function Breaks(): never {
  throw new Error('user:1234-secret');
}

test('a page that cannot be drawn says so, offers to reload, and repeats nothing of the error', async () => {
  const stderrTail = vi.spyOn(console, 'error').mockImplementation(() => {});
  const host = document.body.appendChild(document.createElement('div'));
  const root = createRoot(host);
  root.render(
    <BrokenPage>
      <Breaks />
    </BrokenPage>,
  );
  await expect.element(page.getByRole('alert')).toHaveTextContent('This page has broken down');
  await expect.element(page.getByRole('button', { name: 'Reload' })).toBeVisible();
  expect(document.body.textContent).not.toContain('secret');
  root.unmount();
  host.remove();
  stderrTail.mockRestore();
});
