import { fileURLToPath } from 'node:url';
import { playwright } from '@vitest/browser-playwright';
import { mergeConfig } from 'vite';
import { defineConfig } from 'vitest/config';
import { inspectPictureFile, makePictureFile } from '#testing/picture-files/browser-commands.ts';
import viteConfig from '../vite.config.ts';
import { findHeadlessShell } from './tools/chromium.ts';

/**
 * Unit tests in Node and stage tests in a real browser. A file of its own, so that building and starting the product
 * loads nothing that only tests need.
 */
export default mergeConfig(
  viteConfig,
  defineConfig({
    root: fileURLToPath(new URL('..', import.meta.url)),
    test: {
      projects: [
        {
          extends: true,
          test: {
            name: 'node',
            environment: 'node',
            globalSetup: 'e2e/tools/cluster-programs.ts',
            // By itself Vitest leaves one core to its own process, which on two cores halves the speed.
            maxWorkers: '100%',
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
              'hono',
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
              'zod/mini',
              'zustand',
              'zustand/middleware',
              'zustand/vanilla',
            ],
          },
          test: {
            name: 'browser',
            // And the contract in memory, which needs nothing that a browser has not.
            include: ['src/**/*.browser.test.{ts,tsx}', 'src/api/create-api.test.ts'],
            testTimeout: 60_000,
            expect: { poll: { timeout: 15_000 } },
            browser: {
              enabled: true,
              headless: true,
              provider: playwright({ launchOptions: findHeadlessShell() }),
              screenshotFailures: false,
              instances: [{ browser: 'chromium' }],
              commands: { inspectPictureFile, makePictureFile },
            },
          },
        },
      ],
    },
  }),
);
