// SPDX-License-Identifier: BSL-1.0
// usage: node scripts/lib/serve.mjs FOLDER PORT
// Serves the files of a folder to this machine only. Port 0 is any that is free. Prints the address when it listens.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const types = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

/** Starts to serve; resolves to {url, close}. */
export function serve(folder, port) {
  const root = resolve(folder);
  const server = createServer(async (request, response) => {
    const answer = (status, type, body) => {
      // Nothing comes from elsewhere, and 'wasm-unsafe-eval' is what compiling a module asks for.
      response.writeHead(status, {
        'Content-Type': type,
        'Cache-Control': 'no-cache',
        'X-Content-Type-Options': 'nosniff',
        'Content-Security-Policy': "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:",
      });
      response.end(request.method === 'HEAD' ? undefined : body);
    };
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return answer(405, 'text/plain; charset=utf-8', 'This server only reads.\n');
    try {
      const { pathname } = new URL(request.url, 'http://localhost');
      const wanted = resolve(join(root, decodeURIComponent(pathname.endsWith('/') ? `${pathname}index.html` : pathname)));
      const type = types[extname(wanted)];
      if (!wanted.startsWith(root + sep) || type === undefined) throw new Error('not served');
      answer(200, type, await readFile(wanted));
    } catch {
      answer(404, 'text/plain; charset=utf-8', 'There is no such file.\n');
    }
  });
  return new Promise((done, fail) => {
    server.once('error', fail);
    server.listen(port, '127.0.0.1', () =>
      done({
        url: `http://localhost:${server.address().port}/`,
        close: () => new Promise((closed) => (server.close(closed), server.closeAllConnections?.())),
      }));
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder, port] = process.argv.slice(2);
  try {
    const { url } = await serve(folder, Number(port));
    console.log(`${url}   (Ctrl+C ends)`);
  } catch (error) {
    console.error(error.code === 'EADDRINUSE' ? `error: port ${port} is taken; choose another with --port` : `error: ${error.message}`);
    process.exit(1);
  }
}
