import { useState } from 'react'
import { type ApiProblem, type OutputOf, type PortalApi, problemOf } from '../../ui/api.ts'
import {
  Button,
  ButtonLink,
  ButtonRow,
  Card,
  Day,
  EmptyState,
  Facts,
  Loaded,
  Masked,
  Page,
  Problem,
  StateOf,
  type StateWords,
} from '../../ui/plain/index.ts'
import { openFile, saveFile, useApiQuery } from '../api.ts'

type Certificate = OutputOf<PortalApi, 'certificates.mine'>['certificates'][number]
const STATES: StateWords = {
  issued: ['有效', 'done'],
  corrected: ['已更正', 'idle'],
  withdrawn: ['已撤销', 'refused'],
}

export function MyCertificatesPage() {
  const query = useApiQuery('certificates.mine')
  return (
    <Page
      title="我的证书"
      lead="电子证书与纸质证书同样可查验，下载后可自行打印。"
      back={{ to: '/mine', label: '我的' }}
    >
      <Loaded query={query}>
        {({ certificates }) =>
          certificates.length === 0 ? (
            <EmptyState>
              <p>还没有证书。培训结业后由培训机构颁发培训合格证书，考核合格并经审核后颁发等级证书。</p>
            </EmptyState>
          ) : (
            certificates.map((one) => <CertificateCard key={one.id} one={one} />)
          )
        }
      </Loaded>
    </Page>
  )
}

function CertificateCard({ one }: { one: Certificate }) {
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const fetching = async (work: Promise<void>) => {
    setProblem(null)
    try {
      await work
    } catch (error) {
      setProblem(problemOf(error))
    }
  }
  return (
    <Card title={one.title} mark={<StateOf state={one.state} of={STATES} />}>
      <Facts
        rows={[
          ['证书编号', one.number],
          ['姓名', one.holderName],
          ['证件号码', <Masked key="id" number={one.maskedIdNumber} />],
          ['职业', one.occupationName],
          one.direction ? ['方向', one.direction] : undefined,
          ['等级', one.level],
          one.hours ? ['学时', `${one.hours} 学时`] : undefined,
          ['发证机构', one.organisationName],
          ['发证日期', <Day key="on" on={one.issuedOn} />],
          one.changedOn && one.state !== 'issued'
            ? [one.state === 'corrected' ? '更正日期' : '撤销日期', <Day key="changed" on={one.changedOn} />]
            : undefined,
          one.successorNumber ? ['现行证书', one.successorNumber] : undefined,
          one.supersedesNumber ? ['更正自', one.supersedesNumber] : undefined,
        ]}
      />
      <p>{one.answers}</p>
      <Problem problem={problem} />
      <ButtonRow>
        <Button
          weight="main"
          onPress={() => void fetching(openFile('certificates.my-pdf', { kind: one.kind, id: one.id }))}
        >
          下载证书
        </Button>
        <ButtonLink to={`/v/${one.code}`}>查验页面</ButtonLink>
        {one.kind === 'level' ? (
          <Button onPress={() => void fetching(saveFile('certificates.my-proof', { id: one.id }))}>
            签名数据
          </Button>
        ) : null}
      </ButtonRow>
    </Card>
  )
}
