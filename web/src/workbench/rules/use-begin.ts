import { useNavigate } from '@tanstack/react-router'
import type { InputOf, WorkbenchApi } from '../../ui/api.ts'
import { useCommand } from '../api.ts'
import { useMe } from '../shell/me.ts'

/** Begins a revision and goes to its form. */
export function useBegin() {
  const navigate = useNavigate()
  const me = useMe()
  const draft = useCommand('rules.draft-revision', {
    onDone: ({ id }) => void navigate({ to: `/rules/revisions/${id}/edit` as string }),
  })
  return {
    begin: (input: InputOf<WorkbenchApi, 'rules.draft-revision'>) => draft.run(input),
    running: draft.running,
    may: me.data?.permissions?.includes('rule.revise') ?? false,
  }
}
