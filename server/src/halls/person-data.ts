import { definePersonData } from '../people/index.ts'
import { ticketsOfPerson } from './arrangements/store/tickets.ts'

/** What a person downloads about himself from here: every published ticket. */
definePersonData('准考证', async (app, personId) =>
  (await ticketsOfPerson(app.db, personId)).map(
    ({ ticketNumber, title, site, hall, seat, extraMinutes, parts }) => ({
      ticketNumber,
      title,
      site,
      hall,
      seat,
      extraMinutes,
      parts,
    }),
  ),
)
