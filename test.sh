#!/usr/bin/env bash
# Builds everything and runs all tests, the end-to-end tests in a browser included.
# Arguments are passed on to Maven: ./test.sh -pl stream-server/protocol
set -uo pipefail

cd -P "$(dirname "${BASH_SOURCE[0]}")" || exit 1
# shellcheck source=config/launch/toolchain.sh
source config/launch/toolchain.sh

APT_PACKAGES=(chromium fonts-dejavu-core fonts-liberation)

# Prints the browser that the end-to-end tests drive.
find_chromium() {
  local path name
  for path in "${CHROMIUM:-}" /usr/bin/chromium /usr/bin/chromium-browser /usr/bin/google-chrome \
    '/Applications/Chromium.app/Contents/MacOS/Chromium' \
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'; do
    if [[ -x $path ]]; then
      printf '%s\n' "$path"
      return 0
    fi
  done
  for name in chromium chromium-browser google-chrome google-chrome-stable; do
    command -v "$name" && return 0
  done
  return 1
}

# Sets CHROMIUM for the tests; installs it where that is possible without asking anybody.
require_chromium() {
  if ! CHROMIUM=$(find_chromium); then
    if [[ $(id -u) -ne 0 ]] || ! command -v apt-get >/dev/null; then
      fail "Chromium is missing: sudo apt-get install -y ${APT_PACKAGES[*]} (or set CHROMIUM to a Chrome)"
    fi
    install_chromium
    CHROMIUM=$(find_chromium) || fail "Chromium is still missing after its installation"
  fi
  export CHROMIUM
}

install_chromium() {
  say "Installing ${APT_PACKAGES[*]}"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq </dev/null >&2
  apt-get install -y -qq --no-install-recommends "${APT_PACKAGES[@]}" </dev/null >&2 ||
    fail "Chromium could not be installed: apt-get install ${APT_PACKAGES[*]}"
}

# Adds up what one attribute (tests, failures, errors, skipped) is in all reports of this run.
sum_of() {
  find . -path '*/target/*-reports/TEST-*.xml' -newer "$STARTED" -exec sed -n '/<testsuite /{p;q;}' {} \; |
    sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" | awk '{ sum += $1 } END { print sum + 0 }'
}

tell_result() {
  local code=$1 took="$((SECONDS / 60)) min $((SECONDS % 60)) s" result=PASSED
  ((code == 0)) || result=FAILED
  printf '\nTests run: %s, Failures: %s, Errors: %s, Skipped: %s (all modules together)\n' \
    "$(sum_of tests)" "$(sum_of failures)" "$(sum_of errors)" "$(sum_of skipped)"
  printf '%s in %s\n' "$result" "$took"
}

main() {
  local code hash
  SECONDS=0
  require_jdk
  require_maven
  require_postgres_can_run
  require_chromium
  say "JDK: $JAVA_HOME  Maven: $MVN  browser: $CHROMIUM"
  mkdir -p target
  STARTED=target/tests-started
  : >"$STARTED"
  hash=$(sources_hash)
  "$MVN" -B -ntp verify "$@" </dev/null
  code=$?
  if ((code == 0 && $# == 0)); then mark_built "$hash"; fi
  tell_result "$code"
  exit "$code"
}

main "$@"
