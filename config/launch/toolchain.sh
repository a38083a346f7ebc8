# shellcheck shell=bash disable=SC2034
# What run.sh and test.sh share: messages, finding JDK 25 and Maven, and building only what changed.
# Works with bash 3.2, which is what macOS has. Expects the root of the project as working folder.

JDK_VERSION=25
BUILD_STAMP=target/built-from

# Messages go to stderr: stdout belongs to what a caller asked for.
say() { printf '%s\n' "$*" >&2; }

fail() {
  say "${0##*/}: $*"
  exit 1
}

# Prints the folder of a JDK 25: JAVA_HOME first, then the usual places.
find_jdk() {
  local home
  while IFS= read -r home; do
    if is_wanted_jdk "$home"; then
      printf '%s\n' "$home"
      return 0
    fi
  done < <(jdk_candidates)
  return 1
}

jdk_candidates() {
  local javac
  [[ -n ${JAVA_HOME:-} ]] && printf '%s\n' "$JAVA_HOME"
  javac=$(command -v javac) && (cd -P "$(dirname "$(resolve "$javac")")/.." && pwd)
  printf '%s\n' /usr/lib/jvm/* /usr/java/* /usr/local/java/* /usr/local/openjdk* \
    /opt/* /opt/java/* /opt/jdk/* /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /Library/Java/JavaVirtualMachines/*/Contents/Home
  [[ -n ${HOME:-} ]] && printf '%s\n' "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    "$HOME"/.asdf/installs/java/* "$HOME"/.local/share/mise/installs/java/* \
    "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home
}

# Follows symbolic links to the end (readlink -f is not everywhere).
resolve() {
  local path=$1 target
  while [[ -L $path ]]; do
    target=$(readlink "$path")
    case $target in
      /*) path=$target ;;
      *) path=$(dirname "$path")/$target ;;
    esac
  done
  printf '%s\n' "$path"
}

is_wanted_jdk() {
  [[ -x $1/bin/javac && -x $1/bin/java ]] || return 1
  if [[ -r $1/release ]]; then
    grep -Eq "^JAVA_VERSION=\"?$JDK_VERSION([^0-9]|\$)" "$1/release"
  else
    "$1/bin/javac" -version 2>&1 | grep -Eq "^javac $JDK_VERSION([^0-9]|\$)"
  fi
}

# Prints the Maven command: the one on the PATH, then the usual places.
find_maven() {
  local mvn
  command -v mvn && return 0
  for mvn in "${MAVEN_HOME:-/nowhere}/bin/mvn" "${M2_HOME:-/nowhere}/bin/mvn" \
    /usr/share/maven/bin/mvn /opt/maven/bin/mvn /opt/apache-maven*/bin/mvn \
    "${HOME:-/nowhere}"/.sdkman/candidates/maven/current/bin/mvn \
    /opt/homebrew/bin/mvn /usr/local/bin/mvn; do
    if [[ -x $mvn ]]; then
      printf '%s\n' "$mvn"
      return 0
    fi
  done
  return 1
}

# Sets JAVA_HOME for this script and what it starts; sets JAVA.
require_jdk() {
  JAVA_HOME=$(find_jdk) ||
    fail "JDK $JDK_VERSION is missing: install it, or set JAVA_HOME to its folder"
  export JAVA_HOME
  JAVA=$JAVA_HOME/bin/java
}

# Sets MVN.
require_maven() {
  MVN=$(find_maven) ||
    fail "Maven is missing: install it (apt-get install maven), or put mvn on the PATH"
}

# PostgreSQL refuses to run as root; the server lets it run in a user namespace of its own then.
require_postgres_can_run() {
  [[ $(id -u) -ne 0 || $(uname) != Linux ]] && return 0
  unshare -U true 2>/dev/null ||
    fail "as root PostgreSQL needs user namespaces, which are off here: run as another user, or set DATABASE_URL"
}

sha256() {
  if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi | cut -d ' ' -f 1
}

# What the jars are made from; tests do not count, nor documents but for those that the server serves.
jar_sources() {
  find pom.xml docs/api stream-server web-ui -type f \
    \( -name pom.xml -o -path '*/src/main/*' -o -path 'docs/api/*.yaml' -o -path 'docs/api/examples/*' \) \
    ! -path '*/target/*' ! -path '*/src/main/frontend/generated/*' ! -path '*/benchmarks/*' |
    LC_ALL=C sort
}

# One hash over the names and contents of the sources.
sources_hash() {
  local files
  files=$(jar_sources)
  { printf '%s\n' "$files" && printf '%s\n' "$files" | tr '\n' '\0' | xargs -0 cat; } | sha256
}

# Succeeds when the jars given are those of the sources given by their hash.
is_built() {
  local hash=$1 jar
  shift
  for jar in "$@"; do
    [[ -r $jar ]] || return 1
  done
  [[ -r $BUILD_STAMP && $(cat "$BUILD_STAMP") == "$hash" ]]
}

mark_built() {
  mkdir -p "$(dirname "$BUILD_STAMP")" && printf '%s\n' "$1" >"$BUILD_STAMP"
}
