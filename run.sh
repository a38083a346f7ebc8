#!/usr/bin/env bash
# Starts Portfolio Stream: broker simulator, stream server and web UI. See ./run.sh --help.
set -uo pipefail

usage() {
  cat <<'HELP'
Usage: ./run.sh [--fresh] [--json] [--no-build]

Builds what changed, starts the broker simulator, the stream server with its database and the web
UI, restarts any of them that dies, and stops all of them on Ctrl-C or SIGTERM.

  --fresh     begin anew: forget the accounts, orders and users of earlier runs
  --json      print one line of JSON on stdout when all is ready, and everything else on stderr
  --no-build  start what was built last, whatever has changed since
  --help      explain the options

Settings, from the environment:
  UI_PORT          8081    the page
  STREAM_PORT      8080    REST and WebSocket
  MANAGEMENT_PORT  8082    metrics
  SIMULATOR_PORT   8083    the simulated broker
  DATABASE_PORT    8084    PostgreSQL
  DATA_DIR         ./data  everything that outlives a run, and logs/
  DATABASE_URL             a PostgreSQL of your own, with DATABASE_USER and DATABASE_PASSWORD
  SIMULATOR_SEED   1       where the simulator's chance begins
  SIMULATOR_SPEED  1       seconds of price movement per second
  SIMULATOR_TICKS  40      trades per second of all symbols together
  JAVA_HOME                a JDK 25; otherwise the usual places are searched

To trade at Alpaca instead of the simulator:
  ALPACA_KEY_ID, ALPACA_SECRET_KEY   your keys; no simulator is started then
  BROKER           paper   or live
  TRADER_USERNAME  trader  who may sign in
  TRADER_PASSWORD          with which password; required
HELP
}

# ---- settings -------------------------------------------------------------------------------------

SIMULATOR_JAR=stream-server/simulator/target/broker-simulator.jar
SERVER_JAR=stream-server/server/target/stream-server.jar
UI_JAR=web-ui/target/web-ui.jar

CALLED_FROM=$PWD
cd -P "$(dirname "${BASH_SOURCE[0]}")" || exit 1
ROOT=$PWD
# shellcheck source=config/launch/toolchain.sh
source config/launch/toolchain.sh
# shellcheck source=config/launch/processes.sh
source config/launch/processes.sh

FRESH=false
JSON=false
BUILD=true

read_options() {
  while (($# > 0)); do
    case $1 in
      --fresh) FRESH=true ;;
      --json) JSON=true ;;
      --no-build) BUILD=false ;;
      -h | --help)
        usage
        exit 0
        ;;
      *)
        say "run.sh: unknown option $1; see --help"
        exit 2
        ;;
    esac
    shift
  done
}

read_settings() {
  : "${UI_PORT:=8081}" "${STREAM_PORT:=8080}" "${MANAGEMENT_PORT:=8082}"
  : "${SIMULATOR_PORT:=8083}" "${DATABASE_PORT:=8084}" "${DATA_DIR:=$ROOT/data}"
  : "${SIMULATOR_SEED:=1}" "${SIMULATOR_SPEED:=1}" "${SIMULATOR_TICKS:=40}"
  if [[ -n ${ALPACA_KEY_ID:-}${ALPACA_SECRET_KEY:-} ]]; then
    : "${BROKER:=paper}"
  fi
  : "${BROKER:=simulator}"
  case $BROKER in
    simulator) : "${DEMO:=true}" ;;
    paper | live) read_trader ;;
    *) fail "BROKER must be simulator, paper or live, not '$BROKER'" ;;
  esac
  TLS=
  if [[ -n ${TLS_CERTIFICATE_FILE:-} ]]; then TLS=s; fi
  : "${STREAM_URL:=http$TLS://127.0.0.1:$STREAM_PORT}"
  export BROKER DEMO UI_PORT STREAM_PORT MANAGEMENT_PORT DATABASE_PORT
}

# Who may sign in when the broker is a real one.
read_trader() {
  [[ -n ${ALPACA_KEY_ID:-} ]] || fail "ALPACA_KEY_ID is missing: BROKER is $BROKER"
  [[ -n ${ALPACA_SECRET_KEY:-} ]] || fail "ALPACA_SECRET_KEY is missing: it belongs to ALPACA_KEY_ID"
  [[ -n ${TRADER_PASSWORD:-} ]] ||
    fail "TRADER_PASSWORD is missing: choose the password to sign in with at your own portfolio"
  DEMO=false
  : "${TRADER_USERNAME:=trader}"
  BOOTSTRAP_USERNAME=$TRADER_USERNAME
  BOOTSTRAP_PASSWORD=$TRADER_PASSWORD
  export BOOTSTRAP_USERNAME BOOTSTRAP_PASSWORD
}

has_simulator() { [[ $BROKER == simulator ]]; }

has_own_database() { [[ -z ${DATABASE_URL:-} ]]; }

# ---- ports and the data folder --------------------------------------------------------------------

ports_in_use() {
  printf '%s\n' UI_PORT STREAM_PORT MANAGEMENT_PORT
  if has_simulator; then echo SIMULATOR_PORT; fi
  if has_own_database; then echo DATABASE_PORT; fi
}

check_ports() {
  local name port seen=' '
  for name in $(ports_in_use); do
    port=${!name}
    is_port "$port" || fail "$name must be a port from 1 to 65535, not '$port'"
    [[ $seen != *" $port "* ]] || fail "$name is $port, which another of our ports is already"
    seen+="$port "
  done
  for name in $(ports_in_use); do
    port=${!name}
    ! answers "$port" || fail "port $port is taken by another program: set $name to a free one"
  done
}

is_port() { [[ $1 =~ ^[1-9][0-9]{0,4}$ ]] && (($1 <= 65535)); }

# Succeeds when somebody listens on a port of this machine.
answers() {
  (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

# Locks the data folder until this script ends, however it ends.
take_data_folder() {
  case $DATA_DIR in /*) ;; *) DATA_DIR=$CALLED_FROM/$DATA_DIR ;; esac
  mkdir -p "$DATA_DIR" 2>/dev/null || fail "DATA_DIR cannot be made: $DATA_DIR"
  DATA_DIR=$(cd -P "$DATA_DIR" && pwd) || fail "DATA_DIR cannot be entered: $DATA_DIR"
  export DATA_DIR
  { exec 9>>"$DATA_DIR/run.lock"; } 2>/dev/null || fail "DATA_DIR cannot be written: $DATA_DIR"
  lock_descriptor_9 || fail "the data folder is in use by another run.sh: $DATA_DIR (DATA_DIR)"
}

lock_descriptor_9() {
  if command -v flock >/dev/null; then
    flock -n 9
  elif command -v perl >/dev/null; then
    perl -e 'use Fcntl ":flock"; open(my $f, ">&=9") && flock($f, LOCK_EX | LOCK_NB) or exit 1'
  else
    fail "flock is missing (util-linux), and perl too"
  fi
}

# Removes what earlier runs left in the data folder, and nothing else.
forget_everything() {
  say "Forgetting everything in $DATA_DIR"
  rm -rf "${DATA_DIR:?}/simulator"
  if has_own_database; then
    rm -rf "${DATA_DIR:?}/pg"
    rm -f "$DATA_DIR/credentials.key"
  else
    say "The database at DATABASE_URL is left as it is."
  fi
}

prepare_logs() {
  local name
  LOGS=$DATA_DIR/logs
  mkdir -p "$LOGS" || fail "the logs cannot be written: $LOGS"
  for name in "${NAMES[@]}"; do
    if [[ -e $LOGS/$name.log ]]; then mv -f "$LOGS/$name.log" "$LOGS/$name.log.1"; fi
    : >"$LOGS/$name.log"
    rm -f "$DATA_DIR/$name.ready"
  done
}

# ---- the build ------------------------------------------------------------------------------------

build_if_changed() {
  local hash
  hash=$(sources_hash)
  if is_built "$hash" "$SIMULATOR_JAR" "$SERVER_JAR" "$UI_JAR"; then
    return
  fi
  require_maven
  say "Building, which takes a minute or two (the first time longer: Maven downloads libraries)"
  mkdir -p target
  if ! stoppable run_maven; then
    grep '^\[ERROR\]' target/build.log | head -n 30 >&2
    fail "the build failed; all of it is in target/build.log"
  fi
  mark_built "$hash"
}

run_maven() {
  "$MVN" -B -ntp package -Dmaven.test.skip=true -Dspotless.check.skip=true -Dcheckstyle.skip=true \
    -pl stream-server/simulator,stream-server/server,web-ui -am 2>&1 |
    tee target/build.log | awk '/^\[INFO\] Building Portfolio/ { sub(/^\[INFO\]/, " "); print; fflush() }' >&2
}

# ---- telling where everything is ------------------------------------------------------------------

database_url() {
  if has_own_database; then
    echo "jdbc:postgresql://127.0.0.1:$DATABASE_PORT/postgres?user=postgres"
  else
    echo "${DATABASE_URL%%\?*}"
  fi
}

print_table() {
  local seconds=$1
  printf '\nPortfolio Stream is ready after %s s.\n\n' "$seconds"
  printf '  %-12s %s\n' \
    page "http://127.0.0.1:$UI_PORT" \
    server "http$TLS://127.0.0.1:$STREAM_PORT/api  ws$TLS://127.0.0.1:$STREAM_PORT/ws/portfolio" \
    metrics "http://127.0.0.1:$MANAGEMENT_PORT/metrics" \
    database "$(database_url)"
  if has_simulator; then printf '  %-12s %s\n' simulator "http://127.0.0.1:$SIMULATOR_PORT"; fi
  printf '  %-12s %s\n\n' logs "$LOGS"
  if [[ $DEMO == true ]]; then
    printf '  Sign in as demo, demo2 or admin; the password is the name.\n'
  elif [[ -n ${BOOTSTRAP_USERNAME:-} ]]; then
    printf '  Sign in as %s at the %s account of your Alpaca keys.\n' "$BOOTSTRAP_USERNAME" "$BROKER"
  fi
  printf '  Ctrl-C stops everything.\n\n'
}

print_json() {
  local simulator=null
  if has_simulator; then simulator=$(tr -d '\n' <"$DATA_DIR/simulator.ready"); fi
  printf '{"ui":"%s","server":"%s","management":"%s","database":"%s","simulator":%s,"users":[%s]}\n' \
    "http://127.0.0.1:$UI_PORT" "http$TLS://127.0.0.1:$STREAM_PORT" \
    "http://127.0.0.1:$MANAGEMENT_PORT" "$(json_text "$(database_url)")" "$simulator" "$(users_json)"
}

json_text() { printf '%s' "$1" | sed 's/[\\"]/\\&/g'; }

# Only the demo users' secrets are told: they open nothing but simulated accounts.
users_json() {
  local name number=0
  if [[ $DEMO != true ]]; then
    [[ -z ${BOOTSTRAP_USERNAME:-} ]] || printf '{"username":"%s"}' "$(json_text "$BOOTSTRAP_USERNAME")"
    return
  fi
  for name in demo demo2 admin; do
    number=$((number + 1))
    ((number == 1)) || printf ','
    printf '{"username":"%s","password":"%s","key":"PKDEMO%014d","secret":"%s-%04d","role":"%s"}' \
      "$name" "$name" $number demo-secret-demo-secret-demo-secret $number \
      "$([[ $name == admin ]] && echo admin || echo user)"
  done
}

# ---- the run --------------------------------------------------------------------------------------

# A shell cannot trap a signal that was ignored when it started, as Ctrl-C is for `run.sh &` in a
# script: begin again with the signals as they should be.
listen_to_signals() {
  [[ -z ${PORTFOLIO_STREAM_SIGNALS:-} && $(trap -p INT) == *"''"* ]] || return 0
  export PORTFOLIO_STREAM_SIGNALS=default
  if env --default-signal=INT true 2>/dev/null; then
    exec env --default-signal=INT "$ROOT/run.sh" "$@"
  elif command -v perl >/dev/null; then
    exec perl -e '$SIG{INT} = "DEFAULT"; exec @ARGV' "$ROOT/run.sh" "$@"
  fi
}

main() {
  read_options "$@"
  listen_to_signals "$@"
  require_jdk
  JVM=(-XX:+UseSerialGC -XX:+ExitOnOutOfMemoryError)
  read_settings
  choose_processes
  take_data_folder
  stop_orphaned_database
  check_ports
  require_postgres_can_run
  if $BUILD; then build_if_changed; fi
  if $FRESH; then forget_everything; fi
  prepare_logs
  SECONDS=0
  trap 'stop_all 0' INT TERM HUP
  start_all
  await_all
  if $JSON; then print_json; else print_table "$SECONDS"; fi
  supervise
}

main "$@"
