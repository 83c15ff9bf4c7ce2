import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const root = import.meta.dirname

/** The server answers every address under /workbench and /exam with their page; the development server does the same. */
const roomAddresses: Plugin = {
  name: 'room-addresses',
  configureServer(server) {
    server.middlewares.use((request, _response, next) => {
      const [, room] = /^\/(workbench|exam)(\/|$|\?)/.exec(request.url ?? '') ?? []
      if (room) request.url = `/${room}.html`
      next()
    })
  },
}

/** The candidate's room stays small, whatever it comes to share with the other surfaces: a heavier one is not built. */
const EXAM_ROOM_GZIP_BYTES = 150 * 1024
const examRoomWeight: Plugin = {
  name: 'exam-room-weight',
  generateBundle(_options, bundle) {
    const seen = new Set<string>()
    const add = (file: string) => {
      const part = bundle[file]
      if (!part || seen.has(file)) return
      seen.add(file)
      if (part.type !== 'chunk') return
      for (const other of [...part.imports, ...part.dynamicImports]) add(other)
      for (const style of part.viteMetadata?.importedCss ?? []) add(style)
      for (const asset of part.viteMetadata?.importedAssets ?? []) add(asset)
    }
    for (const [file, part] of Object.entries(bundle))
      if (part.type === 'chunk' && part.isEntry && part.name === 'exam') add(file)
    const bytes = [...seen].reduce((sum, file) => {
      const part = bundle[file]
      const text = part?.type === 'chunk' ? part.code : (part?.source ?? '')
      return sum + gzipSync(text).length
    }, 0)
    if (bytes === 0) this.error('the exam room is not in the bundle')
    if (bytes > EXAM_ROOM_GZIP_BYTES)
      this.error(
        `the exam room weighs ${bytes} bytes gzipped, more than ${EXAM_ROOM_GZIP_BYTES}: ${[...seen]}`,
      )
    this.info(`exam room: ${Math.round(bytes / 1024)} KB gzipped in ${seen.size} files`)
  },
}

export default defineConfig({
  root,
  plugins: [react(), roomAddresses, examRoomWeight],
  server: { port: 7071, proxy: { '/api': 'http://127.0.0.1:7070' } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    sourcemap: false,
    target: 'es2022',
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      input: {
        portal: join(root, 'index.html'),
        workbench: join(root, 'workbench.html'),
        exam: join(root, 'exam.html'),
      },
    },
  },
})
