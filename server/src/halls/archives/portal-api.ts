import { z } from 'zod'
import { type Api, download, id, nothing, query } from '../../platform/api.ts'
import { ok } from '../../platform/result.ts'
import { openOwnAnswerFile } from './open-answer-file.ts'
import { may } from './permissions.ts'
import { myReplay } from './replay-attempt.ts'
import { attemptState, instant, part, replayShape } from './shapes.ts'
import { ownAttempts } from './store.ts'

const AH11 = 'AH-11'
const ID = '00000000-0000-4000-8000-000000000000'

export const archivesPortalApi = {
  'halls.my-attempts': query({
    summary: '本人的机考答卷',
    permission: may['attempts.own-replay'],
    clause: AH11,
    input: nothing,
    example: {},
    output: z.object({
      rows: z.array(
        z.object({
          id: z.string(),
          part,
          sittingTitle: z.string(),
          state: attemptState,
          startedAt: instant.nullable(),
          closedAt: instant.nullable(),
          published: z.boolean(),
        }),
      ),
    }),
    handle: async ({ app, actor }) =>
      ok({ rows: actor.personId ? await ownAttempts(app.db, actor.personId) : [] }),
  }),
  'halls.my-replay': query({
    summary: '回放本人作答轨迹',
    permission: may['attempts.own-replay'],
    clause: AH11,
    record: { kind: 'attempt', from: 'attemptId' },
    input: z.strictObject({ attemptId: id }),
    example: { attemptId: ID },
    output: replayShape,
    handle: ({ app, actor }, input) => myReplay(app, actor, input),
  }),
  'halls.my-answer-file': download({
    summary: '打开本人作答文件',
    permission: may['attempts.own-replay'],
    clause: AH11,
    record: { kind: 'attempt', from: 'attemptId' },
    input: z.strictObject({ attemptId: id, fileId: id }),
    example: { attemptId: ID, fileId: ID },
    handle: ({ app, actor }, input) => openOwnAnswerFile(app, actor, input),
  }),
} satisfies Api
