import { definePersonData } from '../people/index.ts'
import { listCredits } from './hours/store/reading.ts'
import { listRecognitions } from './titles/store/reading.ts'
import { heldBy } from './within-scope.ts'

const ALL = { page: 1, size: 1000 }

// A person's own download holds what the platform credited and recognised, revoked entries too.
definePersonData('继续教育学时与职称', async (app, personId) => {
  const credits = await listCredits(app.db, heldBy(personId), ALL)
  const titles = await listRecognitions(app.db, heldBy(personId), ALL)
  return {
    学时: credits.rows.map(({ id: _id, personId: _person, ...row }) => row),
    职称: titles.rows.map(
      ({ id: _id, personId: _person, code: _code, decisionId: _decision, ...row }) => row,
    ),
  }
})
