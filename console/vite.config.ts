import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  // It may lie under any path: its files name each other by where they are.
  base: './',
  plugins: [react(), compressed()],
  // The server puts a fresh one in its place with each page.
  html: { cspNonce: 'NONCE-OF-THIS-ANSWER' },
  build: {
    manifest: true,
    // No data: URLs for scripts or styles, which the policy does not allow.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2022',
    reportCompressedSize: false,
  },
  // `npx vite console` beside a running server, for work on the console.
  server: { proxy: { '^/(api|health|openapi\\.json)': 'http://127.0.0.1:8480' } },
});

/** Puts a brotli and a gzip file beside each asset, which the server sends as they are. */
function compressed(): Plugin {
  let folder = '';
  return {
    name: 'compressed',
    apply: 'build',
    configResolved({ build: { outDir, assetsDir } }) {
      folder = join(outDir, assetsDir);
    },
    closeBundle() {
      for (const name of readdirSync(folder).filter((one) => /\.(js|css|svg)$/.test(one))) {
        const bytes = readFileSync(join(folder, name));
        writeFileSync(join(folder, `${name}.br`), brotliCompressSync(bytes));
        writeFileSync(join(folder, `${name}.gz`), gzipSync(bytes, { level: 9 }));
      }
    },
  };
}
