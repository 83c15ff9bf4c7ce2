// npm run -s archive -- verify FILE [--key PUBLIC]… [--json]
// Opens and checks the sealed package of a sitting without the platform: no database, no network, no configuration.
import { existsSync } from 'node:fs'
import { checkPackage, type PackageVerdict } from './check-package.ts'

const words = process.argv.slice(2).filter((word) => word !== '--json')
const json = process.argv.includes('--json')
const keys: (string | undefined)[] = []
for (let flag = words.indexOf('--key'); flag >= 0; flag = words.indexOf('--key'))
  keys.push(words.splice(flag, 2)[1])
const given = keys.filter((one) => one !== undefined)
const [verb, file] = words

if (verb !== 'verify' || !file || given.length < keys.length) {
  console.error(
    '用法：npm run -s archive -- verify 档案.zip [--key 平台公钥（SPKI，base64），可多次给出] [--json]',
  )
  process.exit(2)
}
if (!existsSync(file)) {
  console.error(`没有找到文件 ${file}`)
  process.exit(2)
}

const verdict = await checkPackage(file, given)
if (json) console.log(JSON.stringify({ file, ...verdict }))
else tellPeople(verdict)
process.exitCode = verdict.ok ? 0 : 1

function tellPeople(one: PackageVerdict) {
  console.log(one.ok ? '有效：档案完整，各项核验全部通过。' : '无效：档案没有通过核验。')
  if (one.sitting)
    console.log(`场次　　${one.sitting.number} ${one.sitting.title}（第 ${one.number} 份档案）`)
  console.log(`签名　　${one.signature.valid ? '成立' : '不成立'}，密钥 ${one.signature.keyId ?? '无'}`)
  if (!one.signature.pinned)
    console.log('　　　　仅按档案内附的公钥核对。请用 --key 给出从平台公布处取得的公钥，再核验一次。')
  if (one.otherKeys.length > 0)
    console.log(
      `　　　　由另一把密钥签名：${one.otherKeys.join('、')}。平台更换过密钥的，请从平台公布处取得这把公钥，用 --key 一并给出，再核验一次。`,
    )
  console.log(`文件　　核对 ${one.files.checked} / ${one.files.listed} 个，${one.files.bytes} 字节`)
  console.log(
    `作答链　${one.chains.attempts} 份，${one.chains.entries} 条记录，断链 ${one.chains.broken} 份；链头封存 ${one.anchors.valid} / ${one.anchors.found} 次`,
  )
  console.log(`时限　　核对 ${one.deadlines.answers} 次作答，超时 ${one.deadlines.late} 次`)
  console.log(
    one.scores
      ? `计分　　复算 ${one.scores.checked} 份，不一致 ${one.scores.differing} 份`
      : '计分　　档案不含答案，未复算',
  )
  for (const problem of one.problems)
    console.log(`问题　　[${problem.check}] ${problem.at}：${problem.message}`)
  if (one.manifestSha256) console.log(`清单摘要 ${one.manifestSha256}`)
}
