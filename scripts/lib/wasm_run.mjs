// SPDX-License-Identifier: BSL-1.0
// usage: node scripts/lib/wasm_run.mjs MODULE.wasm [ARGUMENT...]
// Runs a program that wasm_program (wasm.sh) made; its output, arguments and exit code are passed on.
import { readFile } from 'node:fs/promises';

// Node says on every use that its WASI is experimental; it does what a program that prints needs.
process.removeAllListeners('warning');
const { WASI } = await import('node:wasi');
const [path, ...args] = process.argv.slice(2);
if (path === undefined) {
  console.error('usage: node scripts/lib/wasm_run.mjs MODULE.wasm [ARGUMENT...]');
  process.exit(2);
}
const wasi = new WASI({ version: 'preview1', args: [path, ...args], env: {}, returnOnExit: true });
const { instance } = await WebAssembly.instantiate(await readFile(path), { wasi_snapshot_preview1: wasi.wasiImport });
process.exitCode = wasi.start(instance);
