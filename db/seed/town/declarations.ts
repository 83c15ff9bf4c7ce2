import type { Parties } from '../way/way.ts'
import { certificatesOf, nameOf } from './classes.ts'
import type { Town } from './stage.ts'

/** A batch of these learners, drafted by their institution; returns its id. */
export async function draftBatch(town: Town, parties: Parties, learners: number[]): Promise<string> {
  const { way } = town
  const { id } = await way.must(
    way.staff(parties.training).act('exams.draft-batch', {
      evaluationOrganisationId: town.cast.organisations.get(parties.evaluationOrganisation),
      certificateIds: await certificatesOf(town, parties.training, learners),
    }),
  )
  return id
}

/** The standing declarations of these learners, in their order. */
export async function declarationsOf(town: Town, parties: Parties, learners: number[]): Promise<string[]> {
  const { rows } = await town.way.must(
    town.way.staff(parties.evaluation).read('exams.list-declarations', { size: 200 }),
  )
  return Promise.all(
    learners.map(async (n) => {
      const name = await nameOf(town, n)
      const found = rows.find(
        (row: { personName: string; state: string }) => row.personName === name && row.state !== 'withdrawn',
      )
      if (!found) throw new Error(`${name} has declared nothing`)
      return found.id as string
    }),
  )
}

/** A learner's own declaration, drafted on the phone; returns its id. */
export async function draftOwn(town: Town, n: number): Promise<string> {
  const { caller } = await town.learner(n)
  const { rows } = await town.way.must(caller.read('exams.my-certificates'))
  const { id } = await town.way.must(caller.act('exams.draft-my-declaration', { certificateId: rows[0].id }))
  return id
}

/** The batch goes in and the evaluation institution confirms whom the rule supports. */
export function declareAndConfirm(
  town: Town,
  parties: Parties,
  learners: number[],
  days: { declared: number; confirmed: number },
): void {
  const { way } = town
  town.on(days.declared, '10:00', async () => {
    const batchId = await draftBatch(town, parties, learners)
    await way.must(way.staff(parties.training).act('exams.submit-batch', { batchId }))
  })
  town.on(days.confirmed, '14:30', async () => {
    await way.must(
      way.staff(parties.evaluation).act('exams.confirm-declarations', {
        declarationIds: await declarationsOf(town, parties, learners),
      }),
    )
  })
}
