-- Users, their sessions and their broker accounts.

create table app_user (
  id            text primary key,
  username      text        not null unique,
  password_hash text        not null,
  roles         text[]      not null,
  disabled      boolean     not null default false,
  created_at    timestamptz not null default now()
);

create table session (
  id           text primary key, -- SHA-256 of the cookie, in hex: the cookie itself is stored nowhere
  user_id      text        not null references app_user on delete cascade,
  created_at   timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at   timestamptz not null,
  revoked_at   timestamptz,
  address      text,
  agent        text
);
create index session_by_user on session (user_id);

create table broker_account (
  user_id     text primary key references app_user on delete cascade,
  environment text        not null, -- simulator, paper or live
  kind        text        not null, -- api_key or oauth
  secret      bytea       not null, -- sealed: nonce, then AES-GCM of the credentials
  key_id      text        not null, -- which key sealed it
  linked_at   timestamptz not null default now()
);

-- The portfolio: one row that is locked by whoever writes, and the state it stands for.

create table portfolio (
  user_id          text primary key references app_user on delete cascade,
  epoch            text   not null,
  seq              bigint not null default 0,
  cash             numeric(28, 10),
  buying_power     numeric(28, 10),
  last_equity      numeric(28, 10),
  day_flows        numeric(28, 10),
  account_at       timestamptz,
  account_touched  bigint not null default 0, -- seq at which the cash last moved
  account_read_at  timestamptz,               -- when the broker was asked for the cash that was last adopted
  activity_cursor  text,                      -- id of the last execution read from the broker's history
  reconciled_at    timestamptz
);

create table position (
  user_id             text            not null references portfolio on delete cascade,
  symbol              text            not null,
  quantity            numeric(28, 10) not null, -- signed; a closed position stays, to remember its last event
  average_entry_price numeric(28, 10) not null,
  day_cost            numeric(28, 10),
  strategy_id         text,
  opened_at           timestamptz     not null,
  updated_at          timestamptz     not null,
  last_event_id       text,                     -- broker event that the quantity follows
  last_event_at       timestamptz,              -- its time, for brokers that give no id
  touched             bigint          not null, -- seq of the last change
  primary key (user_id, symbol)
);

create table customer_order (
  id              text primary key,
  user_id         text        not null references portfolio on delete cascade,
  broker_id       text,
  client_order_id text        not null,
  symbol          text        not null,
  side            text        not null,
  status          text        not null,
  open            boolean     not null,
  submitted_at    timestamptz not null,
  updated_at      timestamptz not null,
  body            jsonb       not null, -- the whole order
  touched         bigint      not null,
  unique (user_id, client_order_id),
  unique (user_id, broker_id)
);
create index customer_order_open on customer_order (user_id) where open;
create index customer_order_by_time on customer_order (user_id, submitted_at desc, id desc);

create table order_key (
  user_id      text        not null references portfolio on delete cascade,
  key          text        not null, -- Idempotency-Key of the request
  request_hash text        not null,
  order_id     text        not null references customer_order on delete cascade,
  seq          bigint      not null, -- what the first answer told
  created_at   timestamptz not null default now(),
  primary key (user_id, key)
);

create table execution (
  user_id         text            not null references portfolio on delete cascade,
  id              text            not null,
  order_id        text            not null,
  broker_order_id text            not null,
  symbol          text            not null,
  quantity        numeric(28, 10) not null,
  price           numeric(28, 10) not null,
  cumulative      numeric(28, 10), -- the order's filled quantity after it, where known
  executed_at     timestamptz     not null,
  body            jsonb           not null, -- the whole execution
  seq             bigint          not null,
  primary key (user_id, id)
);
create index execution_by_time on execution (user_id, executed_at desc, id desc);
create index execution_by_order on execution (user_id, broker_order_id);

create table portfolio_event (
  user_id    text        not null references portfolio on delete cascade,
  seq        bigint      not null,
  last_seq   bigint      not null, -- the last event of the same transaction: what travels together
  body       jsonb       not null,
  cause      text        not null,
  arrived_at timestamptz not null,
  booked_at  timestamptz not null default now(),
  primary key (user_id, seq)
);
create index portfolio_event_by_time on portfolio_event (booked_at);

-- The durable work queue.

create table job (
  id          bigint generated always as identity primary key,
  user_id     text        not null references portfolio on delete cascade,
  kind        text        not null,
  dedupe      text        not null,
  order_id    text        not null references customer_order on delete cascade,
  state       text        not null default 'ready', -- ready, running, done or failed
  attempts    integer     not null default 0,
  run_at      timestamptz not null default now(),
  lease_owner text,
  lease_until timestamptz,
  last_error  text,
  created_at  timestamptz not null default now(),
  finished_at timestamptz,
  unique (kind, dedupe)
);
create index job_due on job (run_at, id) where state in ('ready', 'running');

-- The last known prices, so that a restart does not begin without any.

create table mark (
  symbol    text primary key,
  price     numeric(28, 10) not null,
  traded_at timestamptz     not null
);
