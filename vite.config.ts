import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { findChromium } from './e2e/tools/chromium.ts';
import { inspectPictureFile, makePictureFile } from './src/testing/picture-files/browser-commands.ts';

/** Where a build goes; tests build into a folder of their own so that two runs never share one. */
const ownBuildDir = process.env['FACEBOUND_BUILD_DIR'];
const outDir = ownBuildDir ?? 'dist';
/** The server behind `npm run dev`; it must see the page's own `Host`, or it takes the call for a stranger's. */
const api = { target: process.env['FACEBOUND_DEV_API'] ?? 'http://127.0.0.1:4173', changeOrigin: false };

/** A busy machine builds slowly, which is no warning for the person who starts the server. */
const quietChecks = { bundlerTimings: false };

export default defineConfig({
  plugins: [react(), tailwindcss()],
  cacheDir: ownBuildDir === undefined ? 'node_modules/.vite' : `${ownBuildDir}/vite-cache`,
  resolve: { dedupe: ['react', 'react-dom', 'konva'] },
  server: {
    host: '127.0.0.1',
    proxy: Object.fromEntries(['/v1', '/engines', '/files', '/app/', '/healthz'].map((path) => [path, api])),
  },
  // Puts `<meta property="csp-nonce" nonce=…>` into the shell; our server writes a fresh nonce there at every answer.
  html: { cspNonce: '__CSP_NONCE__' },
  worker: { format: 'es' },
  builder: {},
  environments: {
    client: {
      build: {
        outDir: `${outDir}/page`,
        emptyOutDir: true,
        assetsInlineLimit: 0,
        rolldownOptions: {
          checks: quietChecks,
          // zod and what keeps it from compiling in one chunk, so that no other chunk makes a schema in between.
          output: {
            codeSplitting: { groups: [{ name: 'zod', test: /node_modules\/zod\/|src\/lib\/zod-without-eval\.ts$/ }] },
          },
        },
      },
    },
    ssr: {
      build: {
        outDir: `${outDir}/server`,
        emptyOutDir: true,
        copyPublicDir: false,
        target: 'node20',
        rolldownOptions: {
          checks: quietChecks,
          input: {
            main: 'src/server/main.ts',
            'detector-child': 'src/server/engines/embedded/detector/child.ts',
          },
          output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
        },
      },
    },
  },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          environment: 'node',
          include: ['src/**/*.test.ts', 'e2e/**/*.test.ts'],
          exclude: ['**/*.browser.test.*', '**/node_modules/**'],
          // Tests with real servers and pictures wait for the processor on a busy machine; none waits on purpose.
          testTimeout: 30_000,
          expect: { poll: { timeout: 15_000 } },
        },
      },
      {
        extends: true,
        // Found before the run: a dependency that Vite discovers during it reloads the page under a test.
        optimizeDeps: {
          include: [
            '@noble/hashes/sha2.js',
            '@tanstack/react-query',
            '@tanstack/react-virtual',
            'clsx',
            'fast-check',
            'idb',
            'p-queue',
            'file-selector',
            'konva/lib/Core.js',
            'konva/lib/Shape.js',
            'konva/lib/shapes/Image.js',
            'konva/lib/shapes/Rect.js',
            'libheif-js/libheif-wasm/libheif-bundle.mjs',
            'lucide-react',
            'radix-ui',
            'react',
            'react-dom',
            'react-dom/client',
            'react-dropzone',
            'react-konva/lib/ReactKonvaCore.js',
            'react/jsx-dev-runtime',
            'utif2',
            'zod',
            'zustand',
            'zustand/vanilla',
          ],
        },
        test: {
          name: 'browser',
          include: ['src/**/*.browser.test.{ts,tsx}'],
          testTimeout: 60_000,
          expect: { poll: { timeout: 15_000 } },
          browser: {
            enabled: true,
            headless: true,
            provider: playwright({ launchOptions: findChromium() }),
            screenshotFailures: false,
            instances: [{ browser: 'chromium' }],
            commands: { inspectPictureFile, makePictureFile },
          },
        },
      },
    ],
  },
});
