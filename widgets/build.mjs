// One minified ES module a widget, three.js included: nothing comes from a CDN.
import { build } from "esbuild";

await build({
  entryPoints: {
    queue: "src/queue/index.tsx",
    stage: "src/stage/index.ts",
    studio: "src/studio/index.tsx",
  },
  outdir: "../previz/widgets/static",
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  jsx: "automatic",
  jsxImportSource: "preact",
  charset: "utf8",
  legalComments: "inline",
  logLevel: "warning",
});
await build({
  entryPoints: {
    queue: "src/queue/queue.css",
    stage: "src/stage/stage.css",
    studio: "src/studio/studio.css",
  },
  outdir: "../previz/widgets/static",
  bundle: true,
  minify: true,
  logLevel: "warning",
});
