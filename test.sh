#!/usr/bin/env bash
# Builds everything and runs all tests, the end-to-end tests in a browser and those of the alerts
# for Prometheus included.
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

# Prints where promtool is.
find_promtool() {
  local path
  for path in "${PROMTOOL:-}" target/promtool/usr/bin/promtool; do
    if [[ -x $path ]]; then
      printf '%s\n' "$path"
      return 0
    fi
  done
  command -v promtool
}

# Debian's package of Prometheus has it. It is unpacked and not installed, which would start a server.
fetch_promtool() {
  command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null || return 1
  say 'Fetching promtool'
  rm -rf target/promtool && mkdir -p target/promtool || return 1
  (
    cd target/promtool || exit 1
    if ! apt-get download -qq prometheus 2>/dev/null; then
      [[ $(id -u) -eq 0 ]] && apt-get update -qq && apt-get download -qq prometheus || exit 1
    fi
    dpkg-deb -x prometheus_*.deb . && rm -f prometheus_*.deb
  ) </dev/null >&2
}

# The alerts for Prometheus have unit tests of their own, for the tool that comes with it.
test_rules() {
  local promtool rules=config/prometheus/portfolio-stream.rules
  if ! promtool=$(find_promtool); then
    fetch_promtool
    if ! promtool=$(find_promtool); then
      say 'promtool is missing (set PROMTOOL): the rules for Prometheus are not tested'
      return 0
    fi
  fi
  say "Testing the rules for Prometheus with $promtool"
  "$promtool" check rules $rules.yml >&2 && "$promtool" test rules $rules.test.yml >&2
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
  if ((code == 0 && $# == 0)); then
    mark_built "$hash"
    test_rules || code=1
  fi
  tell_result "$code"
  exit "$code"
}

main "$@"
