import { useEffect, useState } from 'react'
import type { OutputOf, PortalApi } from '../../ui/api.ts'
import {
  Button,
  ButtonRow,
  Card,
  ClauseTap,
  ConsentBox,
  Day,
  Facts,
  FileField,
  Instant,
  Loaded,
  Notice,
  Page,
  Problem,
  Section,
  StateTag,
  Unverified,
} from '../../ui/plain/index.ts'
import { readFile, useApiQuery, useCommand } from '../api.ts'
import { shrunkPhoto } from './photo-shrink.ts'

type Mine = OutputOf<PortalApi, 'halls.my-photo'>

/** 登记照片: a consent of its own, the photo, what is kept until when, and the way back out. */
export function PhotoPage() {
  const query = useApiQuery('halls.my-photo')
  return (
    <Page
      title="登记照片"
      lead="机考入场时用来核对是不是您本人。可以不登记，入场时改由两名监考员核对证件，不影响考试时间和成绩。"
      back={{ to: '/mine', label: '我的' }}
    >
      <Loaded query={query}>{(mine) => <MyPhoto mine={mine} />}</Loaded>
    </Page>
  )
}

function MyPhoto({ mine }: { mine: Mine }) {
  const { consent, photo, kept } = mine
  return (
    <>
      <Card
        title={consent.title}
        mark={
          consent.givenAt ? <StateTag tone="done">已同意</StateTag> : <StateTag tone="idle">未同意</StateTag>
        }
      >
        <p>{consent.text}</p>
        {consent.givenAt ? (
          <p>
            同意于 <Instant at={consent.givenAt} />（{consent.givenVersion} 版）
          </p>
        ) : null}
        <p>
          <ClauseTap id="FACE-CONSENT" /> <ClauseTap id="FACE-OTHER-WAY" />
        </p>
        {consent.givenAt ? <Withdraw stored={photo !== null} /> : null}
      </Card>
      {photo ? (
        <Section title="已登记">
          <OwnPicture key={photo.registeredAt} />
          <Facts
            rows={[
              ['登记时间', <Instant key="at" at={photo.registeredAt} />],
              ['登记人', photo.registeredBy],
              ['检查结果', photo.findings.map((one) => one.words).join('，')],
              [
                '保存到',
                kept ? (
                  <span key="kept">
                    <Day on={kept.deleteAfter} />
                    （最后一场考试后 {kept.days} 天，到期自动删除）
                    {kept.verified ? null : <Unverified />}
                  </span>
                ) : (
                  '已删除'
                ),
              ],
            ]}
          />
        </Section>
      ) : null}
      <Register again={photo !== null} consented={consent.givenAt !== null} />
    </>
  )
}

/** Fetched as the person: an address alone would show it to nobody. */
function OwnPicture() {
  const [url, setUrl] = useState<string | null>(null)
  useEffect(() => {
    let made: string | undefined
    let gone = false
    readFile('halls.my-photo-picture')
      .then((blob) => {
        if (gone) return
        made = URL.createObjectURL(blob)
        setUrl(made)
      })
      .catch(() => setUrl(null))
    return () => {
      gone = true
      if (made) URL.revokeObjectURL(made)
    }
  }, [])
  return url ? <img src={url} alt="您的登记照片" style={{ maxWidth: 240, width: '100%' }} /> : null
}

function Register({ again, consented }: { again: boolean; consented: boolean }) {
  const [agreed, setAgreed] = useState(consented)
  const [files, setFiles] = useState<File[]>([])
  const [done, setDone] = useState(false)
  const register = useCommand('halls.register-my-photo', {
    inPlace: true,
    alsoChanges: ['people'],
    onDone: () => {
      setFiles([])
      setDone(true)
    },
  })
  const send = async () => {
    setDone(false)
    const [file] = files
    if (file) await register.run({ consent: agreed && !consented }, { photo: await shrunkPhoto(file) })
  }
  return (
    <Section title={again ? '更换照片' : '登记照片'}>
      <p>近期正面照：只有您一人，露出整张脸，光线均匀，不戴帽子墨镜。</p>
      {done ? <Notice tone="done">照片已登记，入场时将用它核对。</Notice> : null}
      <Problem problem={register.problem} />
      {consented ? null : (
        <ConsentBox name="face-consent" checked={agreed} onChange={setAgreed}>
          我已阅读上面的说明，单独同意将我的人脸信息用于考场身份核对。
        </ConsentBox>
      )}
      <FileField
        name="photo"
        label="照片"
        help="JPG 或 PNG。"
        accept="image/jpeg,image/png"
        camera
        files={files}
        onChange={setFiles}
        maxBytes={8 * 1024 * 1024}
      />
      <ButtonRow>
        <Button
          weight="main"
          busy={register.running}
          onPress={() => void send()}
          {...(files.length === 0
            ? { because: '请先拍照或选择照片' }
            : agreed || consented
              ? {}
              : { because: '请先阅读并勾选单独同意；不同意可以不登记' })}
        >
          {again ? '更换照片' : '登记照片'}
        </Button>
      </ButtonRow>
    </Section>
  )
}

function Withdraw({ stored }: { stored: boolean }) {
  const [asking, setAsking] = useState(false)
  const withdraw = useCommand('halls.withdraw-face-consent', {
    inPlace: true,
    alsoChanges: ['people'],
    onDone: () => setAsking(false),
  })
  if (!asking)
    return (
      <ButtonRow>
        <Button onPress={() => setAsking(true)}>撤回同意</Button>
      </ButtonRow>
    )
  return (
    <>
      <p>
        撤回后{stored ? '登记照片和人脸特征立即删除，不能恢复，只留下删除记录；' : ''}
        入场时由两名监考员核对您的证件，不影响报名、考试时间和成绩。
      </p>
      <Problem problem={withdraw.problem} />
      <ButtonRow>
        <Button busy={withdraw.running} onPress={() => void withdraw.run({})}>
          确认撤回
        </Button>
        <Button onPress={() => setAsking(false)}>不撤回</Button>
      </ButtonRow>
    </>
  )
}
