# shellcheck shell=bash
# Starting, watching and stopping the processes of run.sh. Works with bash 3.2.
# Expects the settings of run.sh, JAVA, JVM and toolchain.sh; descriptor 9 is the lock of the folder.

START_SECONDS=120
STOP_SECONDS=20
LONGEST_DELAY=30
HEALTHY_SECONDS=60

# One entry per process in each list. READY tells whether it has answered since it was started.
NAMES=()
PIDS=()
BORN=()
DUE=()
DEATHS=()
READY=()

choose_processes() {
  if has_simulator; then NAMES=(simulator); fi
  NAMES+=(server web-ui)
}

run_simulator() {
  exec "$JAVA" -Xmx192m "${JVM[@]}" -jar "$SIMULATOR_JAR" --port "$SIMULATOR_PORT" \
    --host 127.0.0.1 --data-dir "$DATA_DIR/simulator" --seed "$SIMULATOR_SEED" \
    --speed "$SIMULATOR_SPEED" --ticks-per-second "$SIMULATOR_TICKS" \
    --parent-pid $$ --ready-file "$DATA_DIR/simulator.ready"
}

run_server() {
  export SIMULATOR_URL=http://127.0.0.1:$SIMULATOR_PORT
  unset TRADER_PASSWORD
  exec "$JAVA" -Xmx512m "${JVM[@]}" -jar "$SERVER_JAR" \
    --parent-pid $$ --ready-file "$DATA_DIR/server.ready"
}

run_web_ui() {
  export STREAM_URL
  unset ALPACA_KEY_ID ALPACA_SECRET_KEY TRADER_PASSWORD BOOTSTRAP_PASSWORD DATABASE_PASSWORD
  exec "$JAVA" -Xmx512m "${JVM[@]}" -jar "$UI_JAR" --parent-pid $$
}

# Starts process number $1 in a process group of its own, so that Ctrl-C reaches this script only.
start() {
  local name=${NAMES[$1]}
  rm -f "$DATA_DIR/$name.ready"
  set -m
  "run_${name//-/_}" </dev/null >>"$LOGS/$name.log" 2>&1 9>&- &
  PIDS[$1]=$!
  set +m
  BORN[$1]=$SECONDS
  READY[$1]=false
}

is_running() { kill -0 "${PIDS[$1]}" 2>/dev/null; }

is_ready() {
  case ${NAMES[$1]} in
    simulator) [[ -s $DATA_DIR/simulator.ready ]] ;;
    server) [[ -s $DATA_DIR/server.ready ]] && says_ok "$MANAGEMENT_PORT" /health ;;
    web-ui) says_ok "$UI_PORT" /login ;;
  esac
}

# Succeeds when GET of path $2 on port $1 is answered with 200.
says_ok() (
  exec 2>/dev/null 3<>"/dev/tcp/127.0.0.1/$1" || exit 1
  printf 'GET %s HTTP/1.1\r\nHost: 127.0.0.1:%s\r\nConnection: close\r\n\r\n' "$2" "$1" >&3
  IFS= read -r -t 3 status <&3 && [[ $status == HTTP/1.?\ 200* ]]
)

# A pause that a signal ends at once.
nap() {
  sleep "$1" &
  NAP=$!
  wait "$NAP" 2>/dev/null
}

# Runs a command that ends with this script: in the background, in a process group of its own.
stoppable() {
  local job code
  set -m
  "$@" </dev/null 9>&- &
  job=$!
  set +m
  trap 'kill -TERM -- "-$job" 2>/dev/null; exit 1' INT TERM HUP
  wait "$job"
  code=$?
  trap - INT TERM HUP
  return $code
}

# Prints how process number $1 ended.
epitaph() {
  local code
  { wait "${PIDS[$1]}"; } 2>/dev/null
  code=$?
  if ((code > 128)); then
    echo "was killed by signal $((code - 128))"
  else
    echo "ended with code $code"
  fi
}

show_last_lines() {
  say "The last lines of $LOGS/$1.log:"
  tail -n 15 "$LOGS/$1.log" | sed 's/^/  | /' >&2
}

start_all() {
  local i
  for i in "${!NAMES[@]}"; do
    DEATHS[i]=0
    DUE[i]=0
    start "$i"
  done
  say "Starting ${NAMES[*]}"
}

# Waits until all are ready; gives up when one ends or takes too long.
await_all() {
  local i name waiting=true
  while $waiting; do
    waiting=false
    for i in "${!NAMES[@]}"; do
      name=${NAMES[i]}
      ${READY[i]} && continue
      if ! is_running "$i"; then
        say "run.sh: the $name $(epitaph "$i") before it was ready"
        show_last_lines "$name"
        stop_all 1
      elif is_ready "$i"; then
        READY[i]=true
        say "  $name ready after ${SECONDS} s"
      elif ((SECONDS - BORN[i] > START_SECONDS)); then
        say "run.sh: the $name was not ready after $START_SECONDS s"
        show_last_lines "$name"
        stop_all 1
      else
        waiting=true
      fi
    done
    $waiting && nap 0.2
  done
}

# Restarts what dies, later and later when it dies again soon.
supervise() {
  local i
  while true; do
    nap 0.3
    for i in "${!NAMES[@]}"; do
      if [[ -z ${PIDS[i]} ]]; then
        ((SECONDS < DUE[i])) || start "$i"
      elif ! is_running "$i"; then
        mourn "$i"
      elif ! ${READY[i]} && is_ready "$i"; then
        READY[i]=true
        say "The ${NAMES[i]} is back."
      fi
    done
  done
}

# Decides when process number $1, which has ended, is started again.
mourn() {
  local delay=$LONGEST_DELAY deaths
  if ((SECONDS - BORN[$1] >= HEALTHY_SECONDS)); then DEATHS[$1]=0; fi
  deaths=${DEATHS[$1]}
  if ((deaths < 5)); then delay=$((1 << deaths)); fi
  say "The ${NAMES[$1]} $(epitaph "$1"); it is started again in $delay s (its log: $LOGS/${NAMES[$1]}.log)"
  DEATHS[$1]=$((deaths + 1))
  DUE[$1]=$((SECONDS + delay))
  PIDS[$1]=
}

# ---- the end --------------------------------------------------------------------------------------

# Stops everything that was started, waits for it, and ends with code $1.
stop_all() {
  local i code=$1 deadline=$((SECONDS + STOP_SECONDS))
  trap 'deadline=0' INT TERM HUP
  kill "${NAP:-}" 2>/dev/null
  for i in "${!NAMES[@]}"; do
    [[ -z ${PIDS[i]:-} ]] || kill -TERM "${PIDS[i]}" 2>/dev/null
  done
  for i in "${!NAMES[@]}"; do
    [[ -n ${PIDS[i]:-} ]] || continue
    while is_running "$i" && ((SECONDS < deadline)); do nap 0.1; done
    if is_running "$i"; then
      say "The ${NAMES[i]} did not stop in time; it is killed."
      kill -KILL "${PIDS[i]}" 2>/dev/null
      code=1
    fi
    { wait "${PIDS[i]}"; } 2>/dev/null
    rm -f "$DATA_DIR/${NAMES[i]}.ready"
  done
  stop_orphaned_database
  say "Stopped."
  exit "$code"
}

# Prints the id of a PostgreSQL that runs on our folder without its server.
orphaned_database() {
  local pid='' file=$DATA_DIR/pg/postmaster.pid
  { IFS= read -r pid <"$file"; } 2>/dev/null
  [[ $pid =~ ^[0-9]+$ ]] && ps -o args= -p "$pid" 2>/dev/null | grep -F postgres |
    grep -qF -- "$DATA_DIR/pg" && printf '%s\n' "$pid"
}

# The signals are PostgreSQL's fast and immediate shutdown; it recovers from the latter at its start.
stop_orphaned_database() {
  local pid signal tries
  has_own_database && pid=$(orphaned_database) || return 0
  say "Stopping the database that the server left behind"
  for signal in INT QUIT KILL; do
    kill "-$signal" "$pid" 2>/dev/null
    for ((tries = 0; tries < 80; tries++)); do
      kill -0 "$pid" 2>/dev/null || return 0
      nap 0.1
    done
  done
}

