import type { RevisionRecord } from './words.ts'

/** What is wrong with the text, in the officer's words; warnings do not stop anybody. */
export function Findings({ report }: { report: RevisionRecord['report'] }) {
  const errors = [...report.problems, ...report.findings.filter((one) => one.level === 'error')]
  const warnings = report.findings.filter((one) => one.level === 'warning')
  if (errors.length + warnings.length === 0) return null
  return (
    <section aria-label="检查结果">
      {errors.length > 0 ? (
        <div className="problem">
          <p>还有 {errors.length} 处要改正，改正后才能提交：</p>
          <List lines={errors} />
        </div>
      ) : null}
      {warnings.length > 0 ? (
        <div className="notice notice-waiting">
          <p>提醒：</p>
          <List lines={warnings} />
        </div>
      ) : null}
    </section>
  )
}

function List({ lines }: { lines: readonly { at: string; message: string }[] }) {
  return (
    <ul>
      {lines.map((one) => (
        <li key={`${one.at} ${one.message}`}>
          {one.at ? `${one.at.replaceAll('.', '·')}：` : ''}
          {one.message}
        </li>
      ))}
    </ul>
  )
}
