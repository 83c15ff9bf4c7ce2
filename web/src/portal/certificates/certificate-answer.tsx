import type { OutputOf, PortalApi } from '../../ui/api.ts'
import { Answer, Card, ClauseTap, Day, Facts, Notice, StateTag, type Tone } from '../../ui/plain/index.ts'

type VerifyAnswer = OutputOf<PortalApi, 'certificates.verify'>
const TONES: Record<'valid' | 'corrected' | 'withdrawn', Tone> = {
  valid: 'done',
  corrected: 'idle',
  withdrawn: 'refused',
}

const CHANGED_ON = { valid: '', corrected: '更正日期', withdrawn: '撤销日期' }

/** The sentence first, then what the certificate says, then who answers for it. */
export function CertificateAnswer({ answer }: { answer: VerifyAnswer }) {
  const { certificate } = answer
  return (
    <>
      <Answer>{answer.sentence}</Answer>
      {certificate ? (
        <Card
          title={certificate.title}
          mark={<StateTag tone={TONES[certificate.state]}>{certificate.stateName}</StateTag>}
        >
          <Facts
            rows={[
              ['证书编号', certificate.number],
              ['持证人', certificate.holder],
              [
                '证件号码',
                <span key="id" className="num">
                  {certificate.idNumber}
                </span>,
              ],
              ['职业', certificate.occupation],
              certificate.direction ? ['方向', certificate.direction] : undefined,
              ['等级', certificate.level],
              certificate.hours ? ['学时', `${certificate.hours} 学时`] : undefined,
              ['发证机构', certificate.issuer],
              ['发证日期', <Day key="on" on={certificate.issuedOn} />],
              certificate.changedOn
                ? [CHANGED_ON[certificate.state], <Day key="changed" on={certificate.changedOn} />]
                : undefined,
              certificate.successorNumber ? ['现行证书', certificate.successorNumber] : undefined,
            ]}
          />
          <p>{certificate.answers}</p>
          <ClauseTap id="HB-6.3" />
        </Card>
      ) : (
        <Notice tone="waiting" title="没有查到不等于是假证书">
          <p>请核对编号中的 0 和字母、姓名用字。仍查不到的，请联系证书上的发证机构核实。</p>
        </Notice>
      )}
    </>
  )
}
