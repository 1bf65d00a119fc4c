import '#lib/zod-without-eval.ts';
import './theme.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createQueryClient } from '#lib/query-client.ts';
import { BrokenPage } from './broken-page.tsx';
import { Gate } from './gate/gate.tsx';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');

createRoot(root).render(
  <StrictMode>
    <BrokenPage>
      <QueryClientProvider client={createQueryClient()}>
        <Gate />
      </QueryClientProvider>
    </BrokenPage>
  </StrictMode>,
);
