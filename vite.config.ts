import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin, runnerImport } from 'vite';
import packageJson from './package.json' with { type: 'json' };
import { compressPage } from './src/server/page/compress-page.ts';

/** Where a build goes; tests build into a folder of their own so that two runs never share one. */
const ownBuildDir = process.env['FACEBOUND_BUILD_DIR'];
const outDir = ownBuildDir ?? 'dist';
/** The server behind `npm run dev`; it must see the page's own `Host`, or it takes the call for a stranger's. */
const api = { target: process.env['FACEBOUND_DEV_API'] ?? 'http://127.0.0.1:4173', changeOrigin: false };

/** A busy machine builds slowly, which is no warning for the person who starts the server. */
const quietChecks = { bundlerTimings: false };

/** Chunks of the server with bundled packages. */
const CLUSTER_CHUNKS = 'cluster/[name]-[hash].js';

/** What index.html has in the place of the page that is opening. */
const OPENING = '<!-- opening -->';

/**
 * Writes into index.html what can be painted before any script has come: the page that is opening, as its component
 * draws it, and the address of the face of type that it is set in.
 */
const firstPaint: Plugin = {
  name: 'first-paint',
  transformIndexHtml: {
    order: 'post',
    handler: async (html, { bundle }) => {
      const { module } = await runnerImport<OpeningModule>('./src/page/shell/opening-html.tsx', { configFile: false });
      const font = Object.keys(bundle ?? {}).find((file) => /inter-latin-wght-normal-.*\.woff2$/.test(file));
      return {
        html: html.replace(OPENING, module.openingHtml),
        tags:
          font === undefined
            ? []
            : [
                {
                  tag: 'link',
                  injectTo: 'head-prepend',
                  attrs: { rel: 'preload', as: 'font', type: 'font/woff2', crossorigin: '', href: `/${font}` },
                },
              ],
      };
    },
  },
};
type OpeningModule = typeof import('./src/page/shell/opening-html.tsx');

/** The page's files go out compressed; `compressPage` says why the build does it. */
const precompress: Plugin = {
  name: 'precompress',
  apply: 'build',
  applyToEnvironment: ({ name }) => name === 'client',
  writeBundle: {
    sequential: true,
    order: 'post',
    handler: ({ dir }) => (dir === undefined ? undefined : compressPage(dir)),
  },
};

/** What is installed beside the server stays a package; what only a cluster needs (dev dependencies) is bundled. */
const bundleTheRest: Plugin = {
  name: 'bundle-the-rest',
  apply: 'build',
  configEnvironment: (name) =>
    name === 'ssr' ? { resolve: { noExternal: true, external: Object.keys(packageJson.dependencies) } } : undefined,
};

export default defineConfig({
  plugins: [react(), tailwindcss(), firstPaint, precompress, bundleTheRest],
  cacheDir: ownBuildDir === undefined ? 'node_modules/.vite' : `${ownBuildDir}/vite-cache`,
  resolve: { dedupe: ['react', 'react-dom', 'konva'] },
  server: {
    host: '127.0.0.1',
    proxy: Object.fromEntries(
      ['/v1', '/engines', '/files', '/app/', '/healthz', '/readyz', '/openapi.json'].map((path) => [path, api]),
    ),
  },
  // Puts `<meta property="csp-nonce" nonce=…>` into the shell; our server writes a fresh nonce there at every answer.
  html: { cspNonce: '__CSP_NONCE__' },
  worker: { format: 'es' },
  builder: {},
  environments: {
    client: {
      build: {
        // The oldest browsers that the README promises; their libraries are `src/page/platform/newer-apis.ts`'s affair.
        target: ['chrome120', 'firefox128', 'safari17.4'],
        outDir: `${outDir}/page`,
        emptyOutDir: true,
        assetsInlineLimit: 0,
        license: { fileName: 'licences.txt' },
        rolldownOptions: {
          checks: quietChecks,
          // zod and what keeps it from compiling in one chunk, so that no other chunk makes a schema in between.
          output: {
            codeSplitting: {
              groups: [{ name: 'zod', test: /node_modules\/zod\/|src\/page\/platform\/zod-without-eval\.ts$/ }],
            },
          },
        },
      },
    },
    ssr: {
      build: {
        outDir: `${outDir}/server`,
        emptyOutDir: true,
        license: { fileName: 'licences.txt' },
        copyPublicDir: false,
        target: 'node20',
        rolldownOptions: {
          checks: quietChecks,
          input: {
            main: 'src/server/main.ts',
            'detector-child': 'src/detector/node/child.ts',
            'check-child': 'src/server/picture-check/child.ts',
            detect: 'src/cli/detect.ts',
          },
          output: {
            entryFileNames: '[name].js',
            // A folder of their own for packages that only a cluster's variables load: a test does without it.
            chunkFileNames: ({ moduleIds }) =>
              moduleIds.some((id) => id.includes('/node_modules/')) ? CLUSTER_CHUNKS : 'chunks/[name]-[hash].js',
          },
        },
      },
    },
  },
});
