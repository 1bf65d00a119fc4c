import '#page/platform/zod-without-eval.ts';
import './theme.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { askAboutCopy } from '#page/detection/ask-before-sending.ts';
import { runDetections } from '#page/detection/run-detections.ts';
import { setIntakeAbove } from '#page/pictures/intake/intake-above.ts';
import { fetchCode } from '#page/platform/fetched-code.ts';
import { queryClient } from '#page/platform/query-client.ts';
import { followPointer } from '#page/ui/pointer-focus.ts';
import { BrokenPage } from './broken-page.tsx';
import { SessionBootstrap } from './session-bootstrap.tsx';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');

setIntakeAbove({
  askAboutCopy,
  fetchOpener: () => fetchCode(async () => (await import('#page/saved-results/add-saved.ts')).addSaved),
});
runDetections(queryClient);
followPointer();

createRoot(root).render(
  <StrictMode>
    <BrokenPage>
      <QueryClientProvider client={queryClient}>
        <SessionBootstrap />
      </QueryClientProvider>
    </BrokenPage>
  </StrictMode>,
);
