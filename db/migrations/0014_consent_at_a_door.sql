-- A hall node brings back what was agreed to at its own door, and nothing else of a person's agreements.
alter table people.consents add column given_at_hall uuid;
comment on column people.consents.given_at_hall is 'The hall at whose door it was given; null when it was given elsewhere';
