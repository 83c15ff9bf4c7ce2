import { useState } from 'react'
import type { Material } from '../../../../server/src/halls/attempts/wire.ts'
import { Button, Dialog } from '../kit.tsx'

/** What stands beside a question: texts to read, pictures to look at closely. */
export function Materials({ scenario, materials }: { scenario: string | null; materials: Material[] }) {
  return (
    <section className="materials" aria-label="材料">
      {scenario ? <p className="prose">{scenario}</p> : null}
      {materials.map((one) => (
        <details
          key={`${one.title} ${'image' in one ? one.image.length : one.text.length}`}
          open
          className="material"
        >
          <summary>{one.title}</summary>
          {'image' in one ? (
            <Picture title={one.title} image={one.image} />
          ) : (
            <p className="prose">{one.text}</p>
          )}
        </details>
      ))}
    </section>
  )
}

const STEPS = [1, 1.5, 2, 3, 4]

function Picture({ title, image }: { title: string; image: string }) {
  const [open, setOpen] = useState(false)
  const [step, setStep] = useState(0)
  return (
    <figure className="picture">
      <img src={image} alt={title} />
      <Button
        onPress={() => {
          setStep(0)
          setOpen(true)
        }}
        label={`放大看图：${title}`}
      >
        放大看图
      </Button>
      <Dialog title={title} open={open} onClose={() => setOpen(false)} wide>
        <div className="row">
          <Button onPress={() => setStep(step - 1)} because={step === 0 ? '已是原大' : undefined}>
            缩小
          </Button>
          <span aria-live="polite">{Math.round((STEPS[step] ?? 1) * 100)}%</span>
          <Button
            onPress={() => setStep(step + 1)}
            because={step === STEPS.length - 1 ? '已是最大' : undefined}
          >
            放大
          </Button>
        </div>
        {/* Scrolls with arrow keys once it has the focus. */}
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
        <section className="picture-pane" tabIndex={0} aria-label={`${title}，可用方向键移动`}>
          <img src={image} alt={title} style={{ width: `${(STEPS[step] ?? 1) * 100}%` }} />
        </section>
      </Dialog>
    </figure>
  )
}
