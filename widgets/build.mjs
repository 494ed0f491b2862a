// One minified ES module a widget, three.js included: nothing comes from a CDN.
import { build } from "esbuild";

await build({
  entryPoints: { stage: "src/stage/index.ts" },
  outdir: "../previz/widgets/static",
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  legalComments: "inline",
  logLevel: "warning",
});
await build({
  entryPoints: { stage: "src/stage/stage.css" },
  outdir: "../previz/widgets/static",
  bundle: true,
  minify: true,
  logLevel: "warning",
});
