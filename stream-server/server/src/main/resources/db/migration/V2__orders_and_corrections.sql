-- Jobs of one order, and of the orders that replace it, are done one after the other.

alter table job add column lane text;
update job set lane = order_id;
alter table job alter column lane set not null;
create index job_lane on job (lane, id) where state in ('ready', 'running');
create index job_by_order on job (order_id);
create index job_by_user on job (user_id) where state in ('ready', 'running');
create index job_failed on job (id) where state = 'failed';
create index job_finished on job (finished_at) where state not in ('ready', 'running');

-- One request may make several orders: closing all positions does.

alter table order_key drop constraint order_key_pkey;
alter table order_key add primary key (user_id, key, order_id);

-- What a comparison with the broker corrected, and why.

create table correction (
  user_id    text        not null references portfolio on delete cascade,
  seq        bigint      not null, -- the event that corrected it
  kind       text        not null,
  subject    text        not null, -- a symbol or an order, empty for the account
  was        text,
  became     text,
  cause      text        not null,
  is_drift   boolean     not null, -- whether it is a fault, and not the way of the world
  booked_at  timestamptz not null,
  primary key (user_id, seq, kind, subject)
);
create index correction_by_time on correction (booked_at desc);

-- What the broker's stream told in words that we do not know, as it came.

create table unknown_event (
  id          bigint generated always as identity primary key,
  user_id     text        not null references app_user on delete cascade,
  received_at timestamptz not null,
  problem     text        not null,
  raw         text        not null
);
create index unknown_event_by_time on unknown_event (received_at);

-- Which account is linked, and whether orders may be sent to it.

alter table broker_account add column account_number text;
alter table broker_account add column view_only boolean not null default false;
alter table portfolio add column account_number text; -- whose state the portfolio holds

-- What the last comparison knew.

alter table portfolio add column history_cursor text; -- id of the last activity besides trades
alter table portfolio add column compared_seq bigint not null default 0;
alter table portfolio add column flows_on date; -- the market day that day_flows belongs to
