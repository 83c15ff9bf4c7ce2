import { type FieldProps, fieldId } from './field.tsx'

const KB = 1024

/** Choose files, or take a picture with the phone. Says the size limit before anything is sent. */
export function FileField(
  props: FieldProps & {
    files: readonly File[]
    onChange: (files: File[]) => void
    accept?: string
    /** Offers the camera too. */
    camera?: boolean
    max?: number
    maxBytes?: number
  },
) {
  const id = fieldId(props.name)
  const max = props.max ?? 1
  const maxBytes = props.maxBytes ?? 10 * KB * KB
  const tooBig = props.files.filter((file) => file.size > maxBytes)
  const error = tooBig.length
    ? `${tooBig.map((file) => file.name).join('、')} 超过 ${sizeWords(maxBytes)}，请压缩后再选。`
    : props.error
  const add = (chosen: FileList | null) => {
    if (chosen) props.onChange([...(max === 1 ? [] : props.files), ...chosen].slice(-max))
  }
  return (
    <fieldset className={`field ${error ? 'field-wrong' : ''}`}>
      <legend>
        {props.label}
        {props.optional ? <span className="field-optional">（选填）</span> : null}
      </legend>
      <p className="field-help">
        {props.help} {max > 1 ? `最多 ${max} 个文件，` : ''}每个不超过 {sizeWords(maxBytes)}。
      </p>
      {error ? <p className="field-error">{error}</p> : null}
      <div className="file-row">
        {props.camera ? (
          <label className="button">
            拍照
            <input
              type="file"
              accept="image/*"
              capture="environment"
              onChange={(event) => add(event.target.files)}
            />
          </label>
        ) : null}
        <label className="button">
          选择文件
          <input
            id={id}
            type="file"
            accept={props.accept}
            multiple={max > 1}
            onChange={(event) => add(event.target.files)}
          />
        </label>
      </div>
      <ul className="file-list" aria-live="polite">
        {props.files.map((file) => (
          <li key={`${file.name} ${file.lastModified}`}>
            <span>
              {file.name} <span className="field-optional">{sizeWords(file.size)}</span>
            </span>
            <button
              type="button"
              className="button-plain"
              onClick={() => props.onChange(props.files.filter((one) => one !== file))}
            >
              移除<span className="sr-only">{file.name}</span>
            </button>
          </li>
        ))}
      </ul>
    </fieldset>
  )
}

export function sizeWords(bytes: number): string {
  if (bytes < KB) return `${bytes} B`
  return bytes < KB * KB
    ? `${Math.round(bytes / KB)} KB`
    : `${(bytes / KB / KB).toFixed(1).replace(/\.0$/, '')} MB`
}
