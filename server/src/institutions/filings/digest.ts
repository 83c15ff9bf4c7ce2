import canonicalize from 'canonicalize'
import type { App } from '../../platform/app.ts'
import { agreedPart, type FilingContent } from './filing.ts'

/** Hash of any content, the same whatever the order of its keys. */
export function digestOf(app: App, content: unknown): string {
  return app.crypto.sha256(String(canonicalize(JSON.parse(JSON.stringify(content)))))
}

/** Hash of what the evaluation institution agrees to. */
export function agreedDigestOf(app: App, content: FilingContent): string {
  return digestOf(app, agreedPart(content))
}
