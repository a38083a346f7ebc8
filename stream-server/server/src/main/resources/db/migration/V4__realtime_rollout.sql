-- Who may stream: one row, for all nodes.

create table realtime_rollout (
  id         boolean primary key default true check (id),
  enabled    boolean     not null,
  percent    integer     not null check (percent between 0 and 100),
  version    bigint      not null, -- grows with every change: nodes hear of changes in any order
  changed_at timestamptz not null default now(),
  changed_by text                  -- a user, absent before the first change
);

insert into realtime_rollout (enabled, percent, version) values (true, 100, 1);
