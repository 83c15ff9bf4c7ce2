import { crc32, deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { type LevelCertificatePaper, render, type Sheet, type Template } from './index.ts'
import { readPdf } from './read-pdf.ts'

const certificate: LevelCertificatePaper = {
  number: 'HB-0001',
  holderName: '欧阳静然',
  maskedIdNumber: '420106********2814',
  occupation: '人工智能工程技术人员',
  direction: '人工智能平台产品实现',
  level: '中级',
  issuer: '荆楚数字技术评价中心（演示）',
  issuedOn: '2026-11-02',
  answers: '本证书由荆楚数字技术评价中心（演示）评价并颁发,由其负责。',
  qrText: 'https://example.invalid/v/abc',
  checkAt: 'example.invalid',
}
const across = { widthMm: 297, heightMm: 210 }
const upright = { widthMm: 210, heightMm: 297 }

async function read<T extends Template>(template: T, sheet: Sheet<T>) {
  return readPdf(await render(template, sheet))
}

describe('documents', () => {
  it('prints markup in a name as it is written and runs none of it', async () => {
    const holderName = '#panic("no") $x$ *粗* \\ "引号" = 王'
    const [page] = await read('level-certificate', { papers: [{ ...certificate, holderName }], demo: false })
    expect(page?.text.replaceAll(' ', '')).toContain(holderName.replaceAll(' ', ''))
  })

  it('throws when the data do not fit the template', async () => {
    const broken = { ...certificate, issuedOn: 'soon' }
    await expect(render('level-certificate', { papers: [broken], demo: false })).rejects.toThrow(
      'does not set',
    )
  })

  it('goes on after a paper that did not set', async () => {
    await render('level-certificate', { papers: [{ ...certificate, issuedOn: 'x' }], demo: false }).catch(
      () => {},
    )
    expect(await read('level-certificate', { papers: [certificate], demo: false })).toHaveLength(1)
  })

  it('sets a level certificate on one A4 sheet with everything it must say', async () => {
    const pages = await read('level-certificate', { papers: [certificate], demo: false })
    expect(pages).toHaveLength(1)
    expect(pages[0]).toMatchObject(across)
    for (const said of [
      '专业技术等级证书',
      '欧阳静然',
      '420106********2814',
      '中级',
      'HB-0001',
      '2026年11月2日',
      '扫码查验',
      '（印章）',
      '谁评价、谁发证、谁负责',
    ]) {
      expect(pages[0]?.text.replaceAll(' ', '')).toContain(said)
    }
    expect(pages[0]?.text).not.toContain('演示样张')
  })

  it('marks a demo sheet as a specimen', async () => {
    const [page] = await read('level-certificate', { papers: [certificate], demo: true })
    expect(page?.text).toContain('演示样张')
  })

  it('sets many certificates in one file, a page each, and each with its own holder', async () => {
    const papers = Array.from({ length: 120 }, (_, at) => ({ ...certificate, number: `HB-${1000 + at}` }))
    const pages = await read('level-certificate', { papers, demo: false })
    expect(pages).toHaveLength(120)
    expect(pages[0]?.text).toContain('HB-1000')
    expect(pages[119]?.text).toContain('HB-1119')
    expect(pages[119]?.text).not.toContain('HB-1000')
  })

  it('draws a photo only when there is one', async () => {
    const plain = await render('level-certificate', { papers: [certificate], demo: false })
    const withPhoto = await render('level-certificate', {
      papers: [{ ...certificate, photo: onePixelPng() }],
      demo: false,
    })
    expect(Buffer.from(plain).includes('/Subtype /Image')).toBe(false)
    expect(Buffer.from(withPhoto).includes('/Subtype /Image')).toBe(true)
  })

  it('sets a training certificate with its hours and days', async () => {
    const paper = {
      ...certificate,
      hours: 80,
      hoursByKind: '线上 40 学时、线下 40 学时',
      fromOn: '2026-08-01',
      toOn: '2026-09-20',
    }
    const [page] = await read('training-certificate', { papers: [paper], demo: false })
    expect(page).toMatchObject(across)
    const text = page?.text.replaceAll(' ', '')
    expect(text).toContain('培训合格证书')
    expect(text).toContain('2026年8月1日至2026年9月20日')
    expect(text).toContain('80学时')
  })

  it('runs a long roster over numbered pages that say who printed them and when', async () => {
    const rows = Array.from({ length: 90 }, (_, at) => [String(at + 1), `学员${at + 1}`])
    const pages = await read('roster', {
      papers: [
        {
          title: '学员花名册',
          facts: [['班级', '一班']],
          columns: [{ title: '序号' }, { title: '姓名' }],
          rows,
        },
      ],
      demo: false,
      printed: { by: '沈书遥', at: '2026-11-22 15:40' },
    })
    expect(pages.length).toBeGreaterThan(1)
    const last = pages.at(-1)
    expect(last).toMatchObject(upright)
    const text = last?.text.replaceAll(' ', '')
    expect(text).toContain(`第${pages.length}页/共${pages.length}页`)
    expect(text).toContain('打印人沈书遥')
    expect(text).toContain('2026-11-2215:40')
    expect(text).toContain('学员90')
  })

  it('says so when a roster is empty', async () => {
    const [page] = await read('roster', {
      papers: [{ title: '学员花名册', facts: [], columns: [{ title: '姓名' }], rows: [] }],
      demo: false,
    })
    expect(page?.text).toContain('无记录')
  })

  it('sets each of the other forms on A4 with its title', async () => {
    const receipt = {
      number: 'HZ-1',
      to: '某机构',
      body: '收悉。',
      rows: [[['编号', 'BA-1'] as [string, string]]],
      basis: 'HB-4.1',
      issuer: '省厅',
      issuedOn: '2026-11-02',
    }
    const person = {
      number: 'N-1',
      holderName: '王芳',
      maskedIdNumber: '4201**',
      issuer: '省厅',
      basis: 'HB-5.1',
    }
    const credit = {
      occupation: '大数据工程技术人员',
      level: '初级',
      institution: '某学院',
      certificateNumber: 'P-1',
      issuedOn: '2026-09-01',
      hours: 80,
    }
    const recognition = {
      ...person,
      occupation: '大数据工程技术人员',
      level: '中级',
      certificateNumber: 'L-1',
      certificateIssuedOn: '2026-11-02',
      evaluationInstitution: '某中心',
      titleLevel: '中级',
      specialty: '大数据',
      recognisedOn: '2026-11-03',
      state: '有效',
    }
    const result = {
      number: 'BS-1',
      round: 2,
      institution: '某中心',
      sitting: 'KC-1',
      occupation: '大数据工程技术人员',
      level: '中级',
      direction: null,
      endedOn: '2026-10-18',
      venue: '武汉',
      counts: { sat: 2, passed: 1, failed: 1, absent: 0, misconduct: 0 },
      rows: [
        {
          name: '王芳',
          maskedIdNumber: '4201**',
          ticketNumber: 'T1',
          theory: '60.0',
          ability: '61.5',
          state: '拟发证',
        },
      ],
      decisions: [{ on: '2026-10-20', office: '某中心', act: '报送', reason: '' }],
      basis: 'HB-4.4',
    }
    const sheets: [string, Promise<{ text: string; widthMm: number; heightMm: number }[]>][] = [
      ['备案回执', read('filing-receipt', { papers: [receipt], demo: false })],
      ['报送回执', read('report-receipt', { papers: [receipt], demo: false })],
      ['补正通知书', read('report-receipt', { papers: [{ ...receipt, title: '补正通知书' }], demo: false })],
      [
        '继续教育学时证明',
        read('hours-proof', {
          papers: [{ ...person, year: 2026, total: 80, rows: [credit], issuedOn: '2026-11-02' }],
          demo: false,
        }),
      ],
      ['职称认定表', read('title-recognition', { papers: [{ ...recognition, direct: true }], demo: false })],
      [
        '高级职称评审参考证明',
        read('title-recognition', { papers: [{ ...recognition, direct: false }], demo: false }),
      ],
      ['考核结果报送表', read('result-report', { papers: [result], demo: false })],
    ]
    for (const [title, reading] of sheets) {
      const pages = await reading
      expect(pages[0]).toMatchObject(upright)
      expect(pages[0]?.text).toContain(title)
    }
  })
})

function onePixelPng(): Uint8Array {
  const chunk = (type: string, body: Buffer) => {
    const content = Buffer.concat([Buffer.from(type), body])
    const length = Buffer.alloc(4)
    length.writeUInt32BE(body.length)
    const check = Buffer.alloc(4)
    check.writeUInt32BE(crc32(content))
    return Buffer.concat([length, content, check])
  }
  const header = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0])
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.from([0, 200, 30, 30]))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}
