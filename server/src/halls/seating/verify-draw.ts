// npm run seats -- verify FILE [--commitment HEX] [--json]
// Checks a published seat draw without the platform: Node is all it needs, no database, no network, no packages.
import { readFileSync } from 'node:fs'
import { type DrawProof, type ProofVerdict, verifyProof } from './proof.ts'

const words = process.argv.slice(2).filter((word) => word !== '--json')
const json = process.argv.includes('--json')
const flag = words.indexOf('--commitment')
const published = flag >= 0 ? words.splice(flag, 2)[1] : undefined
const [verb, file] = words

if (verb !== 'verify' || !file) {
  console.error('用法：npm run -s seats -- verify 文件 [--commitment 抽签前公布的承诺值] [--json]')
  process.exit(2)
}

const verdict = checked(file)
if (json) console.log(JSON.stringify(verdict))
else if (verdict.valid) {
  console.log(`有效：${verdict.candidates} 名考生的考位与按种子和公开值重新抽出的完全一致。`)
  console.log(`承诺值 ${verdict.commitment}${published ? '，与抽签前公布的一致' : '，请与抽签前公布的核对'}`)
  console.log(`证明摘要 ${verdict.sha256}`)
} else {
  console.log(`无效：第一处不一致在 ${verdict.at}`)
  console.log(`  应为 ${verdict.expected}`)
  console.log(`  实为 ${verdict.found}`)
}
process.exitCode = verdict.valid ? 0 : 1

function checked(path: string): ProofVerdict {
  const wrong = (at: string, expected: string, found: string) => ({
    valid: false as const,
    at,
    expected,
    found,
  })
  let proof: DrawProof
  try {
    proof = JSON.parse(readFileSync(path, 'utf8')) as DrawProof
  } catch (error) {
    return wrong(path, '抽签证明（JSON）', String(error))
  }
  if (published && proof.before?.commitment !== published)
    return wrong('before.commitment', `抽签前公布的 ${published}`, String(proof.before?.commitment))
  try {
    return verifyProof(proof)
  } catch (error) {
    return wrong(path, '完整的抽签证明', String(error))
  }
}
