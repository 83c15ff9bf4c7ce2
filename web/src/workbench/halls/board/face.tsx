import { Picture } from './pictures.tsx'

/** The registered photo and the face now, side by side. */
export function TwoFaces(props: {
  sittingId: string
  ticketNumber: string
  name: string
  registered: boolean
  captureId: string | null
  captureWords: string
}) {
  const { sittingId, ticketNumber, captureId, name } = props
  const purpose = '监考核对考生'
  return (
    <div className="two-faces">
      <figure>
        <Picture
          first
          wanted={props.registered ? { of: 'registered', sittingId, ticketNumber, purpose } : null}
          alt={`${name}的登记照片`}
          none="没有登记照片"
        />
        <figcaption>登记照片</figcaption>
      </figure>
      <figure>
        <Picture
          first
          wanted={captureId ? { of: 'capture', captureId, purpose } : null}
          alt={`${name}的最近画面`}
          none="没有抓拍"
        />
        <figcaption>{props.captureWords}</figcaption>
      </figure>
    </div>
  )
}
