import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const root = import.meta.dirname

/** The server answers every address under /workbench with workbench.html; the development server does the same. */
const workbenchAddresses: Plugin = {
  name: 'workbench-addresses',
  configureServer(server) {
    server.middlewares.use((request, _response, next) => {
      if (/^\/workbench(\/|$|\?)/.test(request.url ?? '')) request.url = '/workbench.html'
      next()
    })
  },
}

export default defineConfig({
  root,
  plugins: [react(), workbenchAddresses],
  server: { port: 7071, proxy: { '/api': 'http://127.0.0.1:7070' } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    sourcemap: false,
    target: 'es2022',
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      input: { portal: join(root, 'index.html'), workbench: join(root, 'workbench.html') },
    },
  },
})
