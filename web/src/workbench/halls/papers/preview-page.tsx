import { Radio } from 'antd'
import { useEffect, useState } from 'react'
import type { OutputOf, WorkbenchApi } from '../../../ui/api.ts'
import { DeskPage, Loaded, useParam } from '../../../ui/desk/index.ts'
import { score } from '../../../ui/format.ts'
import { useApiQuery } from '../../api.ts'
import { PART_WORDS } from '../words.ts'
import { KIND_WORDS } from './words.ts'

type Item = OutputOf<WorkbenchApi, 'halls.preview-paper'>['items'][number]
const LETTERS = [...'ABCDEFGH']

/** A paper as a candidate would see it, form by form; without keys. */
export function PreviewPage() {
  const paperId = useParam('id')
  const [form, setForm] = useState('A')
  const query = useApiQuery('halls.preview-paper', { paperId, form })
  return (
    <Preview query={query} form={form} onForm={setForm} back={{ to: '/halls/papers', label: '试卷与阅卷' }} />
  )
}

/** The paper of a joint examination, the same way. */
export function JointPreviewPage() {
  const paperId = useParam('id')
  const [form, setForm] = useState('A')
  const query = useApiQuery('halls.preview-joint-paper', { paperId, form })
  return (
    <Preview query={query} form={form} onForm={setForm} back={{ to: '/halls/families', label: '统考联考' }} />
  )
}

function Preview({
  query,
  form,
  onForm,
  back,
}: {
  query: ReturnType<typeof useApiQuery<'halls.preview-paper'>>
  form: string
  onForm: (form: string) => void
  back: { to: string; label: string }
}) {
  // While another form is read, the choice stays where it is.
  const [known, setKnown] = useState<string[]>([])
  const forms = query.data?.forms ?? known
  useEffect(() => {
    if (query.data) setKnown(query.data.forms)
  }, [query.data])
  return (
    <DeskPage title="试卷预览" lead="按考生所见，不含答案。预览会留下记录。" back={back}>
      {forms.length > 1 ? (
        <Radio.Group
          style={{ marginBottom: 20 }}
          value={form}
          onChange={(event) => onForm(event.target.value)}
          aria-label="卷型"
        >
          {forms.map((one) => (
            <Radio.Button key={one} value={one}>
              {one} 卷
            </Radio.Button>
          ))}
        </Radio.Group>
      ) : null}
      <Loaded query={query}>
        {(paper) => {
          const numbers = new Map(
            paper.items.filter((item) => item.kind !== 'scenario').map((item, at) => [item.id, at + 1]),
          )
          return (
            <article style={{ maxWidth: 860, fontSize: 18 }}>
              <h2 style={{ fontSize: 22 }}>{paper.title}</h2>
              <p>
                {PART_WORDS[paper.part]}，{paper.form} 卷，满分 {score(paper.totalTenths)} 分，作答{' '}
                {paper.minutes} 分钟
              </p>
              {paper.groups.map((group) => (
                <section key={group.id}>
                  <h3 style={{ fontSize: 18, margin: '24px 0 10px' }}>{group.title}</h3>
                  {group.note ? <p>{group.note}</p> : null}
                  {paper.items
                    .filter((item) => item.group === group.id)
                    .map((item) => (
                      <PreviewItem key={item.id} item={item} number={numbers.get(item.id)} />
                    ))}
                </section>
              ))}
            </article>
          )
        }}
      </Loaded>
    </DeskPage>
  )
}

function PreviewItem({ item, number }: { item: Item; number: number | undefined }) {
  return (
    <div style={{ margin: '0 0 20px' }}>
      <p style={{ whiteSpace: 'pre-wrap', margin: 0 }}>
        {number ? `${number}. ` : ''}
        {item.stem}
        {number ? `（${KIND_WORDS[item.kind]}，${score(item.scoreTenths)} 分）` : ''}
      </p>
      {item.materials?.map((material) => (
        <figure key={material.title} style={{ margin: '8px 0' }}>
          <figcaption>{material.title}</figcaption>
          {'image' in material ? (
            <img src={material.image} alt={material.title} style={{ maxWidth: '100%' }} />
          ) : (
            <p style={{ whiteSpace: 'pre-wrap' }}>{material.text}</p>
          )}
        </figure>
      ))}
      {item.options ? (
        <ul style={{ listStyle: 'none', padding: '4px 0 0 20px', margin: 0 }}>
          {item.options.map((option, at) => (
            <li key={option.id}>
              {LETTERS[at]}. {option.text}
            </li>
          ))}
        </ul>
      ) : null}
      {item.accept ? <p>上传文件：{item.accept.join('、')}</p> : null}
    </div>
  )
}
