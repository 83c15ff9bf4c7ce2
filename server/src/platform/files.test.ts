import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EVIDENCE_LIMITS, findFile, readFile, refuseFile, saveFile } from './files.ts'
import { sniffMediaType } from './media-type.ts'
import { writeSheet } from './sheets/write-sheet.ts'
import { aTestApp, type TestApp } from './testing/index.ts'

let app: TestApp
beforeAll(async () => {
  app = await aTestApp()
})
afterAll(() => app.close())

const pdf = Buffer.from('%PDF-1.7\nproof')

describe('refuseFile', () => {
  const refuse = (name: string, bytes: Uint8Array) => refuseFile({ name, bytes }, EVIDENCE_LIMITS)

  it('refuses an empty file, a large one, and one that only claims to be a picture', () => {
    expect(refuse('空.pdf', Buffer.alloc(0))?.code).toBe('FILE_EMPTY')
    expect(refuse('大.pdf', Buffer.concat([pdf, Buffer.alloc(10 * 1024 * 1024)]))?.message).toContain(
      '超过 10 MB',
    )
    expect(refuse('照片.jpg', Buffer.from('MZ\x90\x00 a program'))?.code).toBe('FILE_TYPE_REFUSED')
    expect(refuse('照片.png', Buffer.from('<svg onload=alert(1)>'))?.message).toContain(
      '请上传：PDF、JPG 图片、PNG 图片',
    )
  })

  it('takes what it is, whatever it is called', () => {
    expect(refuse('学历证书', pdf)).toBeUndefined()
    expect(refuse('x.txt', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'))).toBeUndefined()
  })
})

describe('sniffMediaType', () => {
  it('tells a sheet from any other zip, and text from a page with a script', async () => {
    const sheet = await writeSheet({ title: '表', columns: [{ key: 'a', title: '甲' }], rows: [] })
    expect(sniffMediaType(sheet)).toContain('spreadsheetml')
    expect(sniffMediaType(Buffer.from('PK\x03\x04 something'))).toBe('application/zip')
    expect(sniffMediaType(Buffer.from('一段文字'))).toBe('text/plain')
    expect(sniffMediaType(Buffer.from('<script>1</script>'))).toBeUndefined()
  })
})

describe('text as Excel and Notepad write it in China', () => {
  /** 姓名,成绩 and a line of them, as GB 18030. */
  const gb = Buffer.from('d0d5c3fb2cb3c9bca80d0ad5c5c8fd2c3930', 'hex')

  it('is text, but no page with a script and no program in that encoding', () => {
    expect(sniffMediaType(Buffer.concat([gb, Buffer.from('<script>')]))).toBeUndefined()
    expect(sniffMediaType(Buffer.concat([gb, Buffer.from([0x1b])]))).toBeUndefined()
    expect(sniffMediaType(Buffer.from('MZ\x90\x03', 'latin1'))).toBeUndefined()
    expect(sniffMediaType(Buffer.from([0xff, 0xff, 0x41]))).toBeUndefined()
    expect(sniffMediaType(gb)).toBe('text/plain')
  })
})

describe('saveFile and readFile', () => {
  it('leaves no file of an act that failed', async () => {
    let id = ''
    await expect(
      app.db.transaction().execute(async (tx) => {
        id = await saveFile(app, tx, { name: 'a.pdf', bytes: pdf, purpose: 'evidence' })
        throw new Error('refused after all')
      }),
    ).rejects.toThrow()
    expect(await readFile(app, id)).toBeUndefined()
  })

  it('gives back what was kept, with a harmless name and the type it really is', async () => {
    const id = await saveFile(app, app.db, {
      name: '../..\\etc\\证\u0000书.exe',
      bytes: pdf,
      purpose: 'evidence',
    })
    const file = await readFile(app, id)
    expect(file).toMatchObject({
      name: '证书.exe',
      mediaType: 'application/pdf',
      size: pdf.length,
      purpose: 'evidence',
    })
    expect(Buffer.from(file?.bytes ?? [])).toEqual(pdf)
  })

  it('does not give out bytes that changed, or that are gone', async () => {
    const id = await saveFile(app, app.db, { name: 'a.pdf', bytes: pdf, purpose: 'evidence' })
    const key = `evidence/2026/03/${id}`
    await app.storage.put(key, Buffer.from('%PDF-1.7\nforged'), 'application/pdf')
    await expect(readFile(app, id)).rejects.toThrow('its hash differs')
    await app.storage.remove(key)
    await expect(readFile(app, id)).rejects.toThrow('has no object')
    expect((await findFile(app.db, id))?.name).toBe('a.pdf')
  })
})
