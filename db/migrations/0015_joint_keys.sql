-- A wrong key of a joint paper is changed once by the province, over every copy of it (AH-10: one key, one scoring).

alter table halls.key_changes alter column sitting_id drop not null;
alter table halls.key_changes
  -- of a joint paper; its sittings get rows of their own that name this one
  add column family_id uuid references halls.families (id),
  add column joint_change_id uuid references halls.key_changes (id),
  add check ((sitting_id is null) <> (family_id is null)),
  add check (family_id is null or joint_change_id is null);
create index key_changes_family on halls.key_changes (family_id) where family_id is not null;
create index key_changes_joint on halls.key_changes (joint_change_id) where joint_change_id is not null;

create table halls.key_change_outcomes (
  key_change_id uuid not null references halls.key_changes (id),
  sitting_id uuid not null references halls.arrangements (sitting_id),
  -- the sitting's copy of the joint paper
  paper_id uuid not null references halls.papers (id),
  state text not null check (state in ('waiting', 'changed', 'refused')),
  -- attempts reckoned anew, scores that changed by it, corrections opened, and tickets that had one open already
  scored integer,
  changed integer,
  corrections integer,
  open_tickets text[] not null default '{}',
  -- {code, clause, message}
  refusal jsonb,
  at timestamptz,
  primary key (key_change_id, sitting_id),
  check ((state = 'waiting') = (at is null)),
  check ((state = 'refused') = (refusal is not null)),
  check ((state = 'changed') = (changed is not null))
);
comment on table halls.key_change_outcomes is 'What a change of a joint paper''s key did in each sitting that had taken the paper: all of it or nothing, and why not';
create index key_change_outcomes_sitting on halls.key_change_outcomes (sitting_id);
create index key_change_outcomes_paper on halls.key_change_outcomes (paper_id);

-- Corrections that were proposed in one act, because of one wrong key: a second person may decide them together.
alter table exams.score_corrections add column batch_id uuid;
create index score_corrections_batch on exams.score_corrections (batch_id) where batch_id is not null;
