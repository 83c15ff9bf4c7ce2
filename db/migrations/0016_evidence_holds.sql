-- What an open case rests on stays until the case is closed; misconduct and a termination can be taken back by two
-- people; who saw whose face on a board is kept once a visit (AH-11, FACE-KEEP).

-- Misconduct ----------------------------------------------------------------------------------------------------

-- Found by two invigilators of a computer hall: one person alone does not take it back.
alter table exams.marks add column by_two boolean not null default false;

create view exams.candidate_cases as
select m.sitting_id, m.candidate_id, 'misconduct'::text as kind, m.marked_at as opened_at,
  case when m.cleared_at is not null then m.cleared_at
    when s.published_at is not null then greatest(s.published_at, m.marked_at) end as closed_at
from exams.marks m join exams.sittings s on s.id = m.sitting_id
where m.mark = 'misconduct'
union all
select k.sitting_id, k.candidate_id, 'correction', k.proposed_at, k.decided_at from exams.score_corrections k;
comment on view exams.candidate_cases is 'Published: misconduct and corrections of a candidate, open while closed_at is null; evidence of an open case is not deleted';

alter table halls.acts drop constraint acts_kind_check;
alter table halls.acts add constraint acts_kind_check check (kind in ('confirm', 'turn_away', 'message', 'extend', 'pause',
  'resume', 'release', 'misconduct', 'terminate', 'unlock', 'settle', 'import', 'withdraw', 'annul'));
alter table halls.act_proposals drop constraint act_proposals_kind_check;
alter table halls.act_proposals add constraint act_proposals_kind_check
  check (kind in ('extend', 'terminate', 'misconduct', 'withdraw', 'annul'));
-- Cases are looked for by candidate when evidence is due.
create index act_proposals_candidate on halls.act_proposals (sitting_id, candidate_id) where candidate_id is not null;
create index acts_annulled on halls.acts (at) where kind in ('withdraw', 'annul');

-- Holds -----------------------------------------------------------------------------------------------------------

create table halls.evidence_holds (
  id uuid primary key default gen_random_uuid(),
  sitting_id uuid not null references halls.arrangements (sitting_id),
  candidate_id uuid not null,
  reason text not null,
  put_by text not null,
  put_by_name text not null,
  -- holds from here on: waiting for the second person loses nothing
  put_at timestamptz not null,
  decision text check (decision in ('agreed', 'declined', 'withdrawn')),
  decided_by text,
  decided_by_name text,
  decided_reason text,
  decided_at timestamptz,
  lift_reason text,
  lift_by text,
  lift_by_name text,
  lift_at timestamptz,
  lifted_by text check (lifted_by <> lift_by),
  lifted_by_name text,
  lifted_at timestamptz,
  check (decision is distinct from 'agreed' or decided_by <> put_by),
  check ((lift_by is null) = (lift_at is null)),
  check (lifted_at is null or lift_at is not null)
);
comment on table halls.evidence_holds is 'Pictures and videos of a candidate kept beyond their period because somebody with power says so (保全), put and lifted by two people each';
create index evidence_holds_sitting on halls.evidence_holds (sitting_id, candidate_id);
create unique index evidence_holds_one on halls.evidence_holds (sitting_id, candidate_id)
  where lifted_at is null and (decision is null or decision = 'agreed');

create table halls.evidence_kept_on (
  sitting_id uuid not null references halls.arrangements (sitting_id),
  candidate_id uuid not null,
  -- why what was due stayed; told to the audit log whenever it changes
  reasons text[] not null,
  at timestamptz not null,
  primary key (sitting_id, candidate_id)
);
comment on table halls.evidence_kept_on is 'Candidates whose pictures and videos the daily deletion passed over, and why';

-- Who saw whose face on a board -----------------------------------------------------------------------------------

create table halls.board_visits (
  id uuid primary key default gen_random_uuid(),
  sitting_id uuid not null references halls.arrangements (sitting_id),
  hall_id uuid not null references halls.halls (id),
  account_id text not null,
  actor_name text not null,
  actor_role text not null,
  organisation_id uuid,
  organisation_name text,
  from_at timestamptz not null,
  last_at timestamptz not null,
  -- empty until the visit is over and the audit log has it
  recorded_at timestamptz
);
comment on table halls.board_visits is 'One watcher at one board while pictures of candidates were shown there; one audit event each at its end';
create unique index board_visits_open on halls.board_visits
  (sitting_id, hall_id, account_id, actor_role, coalesce(organisation_id, hall_id)) where recorded_at is null;
create index board_visits_sitting on halls.board_visits (sitting_id, hall_id);
create index board_visits_hall on halls.board_visits (hall_id);

create table halls.board_visit_faces (
  visit_id uuid not null references halls.board_visits (id),
  candidate_id uuid not null,
  pictures integer not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  primary key (visit_id, candidate_id)
);
comment on table halls.board_visit_faces is 'Whose pictures a watcher was shown on the tiles of a board, how many and when; written before the picture leaves';
