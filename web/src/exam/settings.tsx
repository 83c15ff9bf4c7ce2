import { useEffect } from 'react'
import { Button, Dialog } from './kit.tsx'
import { openStore, useStore } from './room/store.ts'

const SIZES = { normal: '标准字', large: '大字', larger: '特大字' } as const
const THEMES = { light: '浅色', dark: '深色', contrast: '高对比度' } as const
interface Settings {
  size: keyof typeof SIZES
  theme: keyof typeof THEMES
}

const KEPT = 'shujiang-exam-settings'
const STANDARD: Settings = { size: 'normal', theme: 'light' }
const settings = openStore<Settings>({ ...STANDARD, ...readKept() })

/** The next candidate at this machine finds it as it was. */
export function resetSettings(): void {
  settings.set(STANDARD)
}

function readKept(): Partial<Settings> {
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT) ?? '{}') as Partial<Settings>
    return {
      ...(kept.size && kept.size in SIZES ? { size: kept.size } : {}),
      ...(kept.theme && kept.theme in THEMES ? { theme: kept.theme } : {}),
    }
  } catch {
    return {}
  }
}

/** Text size and colours, on the whole page, kept on this machine. */
export function useSettings(): Settings {
  const now = useStore(settings)
  useEffect(() => {
    Object.assign(document.documentElement.dataset, now)
    try {
      localStorage.setItem(KEPT, JSON.stringify(now))
    } catch {
      // A machine that keeps nothing shows the standard again next time.
    }
  }, [now])
  return now
}

export function SettingsDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const now = useStore(settings)
  const choices = <K extends keyof Settings>(name: K, legend: string, words: Record<Settings[K], string>) => (
    <fieldset className="choices-row">
      <legend>{legend}</legend>
      {(Object.keys(words) as Settings[K][]).map((value) => (
        <Button
          key={value}
          pressed={now[name] === value}
          onPress={() => settings.set({ [name]: value } as Partial<Settings>)}
        >
          {words[value]}
        </Button>
      ))}
    </fieldset>
  )
  return (
    <Dialog title="显示设置" open={open} onClose={onClose}>
      {choices('size', '字号', SIZES)}
      {choices('theme', '颜色', THEMES)}
      <p className="quiet">设置只影响这台机器的显示，不影响作答。</p>
    </Dialog>
  )
}
