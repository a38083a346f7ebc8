-- Sessions are shown to their users by names that open nothing.

alter table session add column public_id text;
update session set public_id = gen_random_uuid()::text;
alter table session alter column public_id set not null;
create unique index session_by_public_id on session (public_id);
create index session_by_end on session (expires_at);

-- Who did what, when and from where. It has no reference to users: what they did outlives them.

create table audit_event (
  id         bigint generated always as identity primary key,
  at         timestamptz not null,
  action     text        not null,
  actor      text,       -- a user id; nobody when it was not known who asked
  actor_name text,
  subject    text,       -- what it was done to: a user, a session, an order
  detail     text,       -- never a secret
  address    text
);
create index audit_event_by_time on audit_event (at);

-- A request for an order may be repeated; the order is placed once.
create unique index audit_event_of_order on audit_event (actor, subject) where action = 'order_placed';
