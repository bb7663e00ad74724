#!/usr/bin/env bash
# The output folder is whole at every instant.
#
# Kills builds (`kill -9`) at random instants while the content changes, fills a small disk, and takes the right to
# write away; each time the published site must be, byte for byte, one that a build in peace makes, with everything that
# others put there, and the next build must leave nothing lying about.
#
#   scripts/kill-test.sh               2,000 briefings, 300 kills (some minutes)
#   scripts/kill-test.sh --short       300 briefings, 15 kills
#   scripts/kill-test.sh BRIEFINGS KILLS
#
# NEWSGEN names the program; without it, target/release/newsgen is built and used.
set -euo pipefail
cd "$(dirname "$0")/.."

case ${1:-} in
  --short) briefings=300 kills=15 ;;
  "") briefings=2000 kills=300 ;;
  *) briefings=$1 kills=${2:?how many kills} ;;
esac
if [ -z "${NEWSGEN:-}" ]; then
  cargo build --release --quiet
  NEWSGEN=$PWD/target/release/newsgen
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
site=$work/site
fail() { trap - EXIT; printf 'kill-test: %s (see %s)\n' "$*" "$work" >&2; exit 1; }
build() { "$NEWSGEN" build --quiet --root "$site" --today 2026-01-01 "$@"; }

# One number for all that is in a folder: names, bytes, links.
sum() (
  cd "$1"
  { find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum; find . -type l -printf '%p %l\n' | LC_ALL=C sort; } | sha256sum
)

briefing() { # number, version
  local n=$1 day
  printf -v day '%04d-%02d-%02d' $((2020 + n % 6)) $((1 + n % 12)) $((1 + n % 28))
  cat > "$site/content/briefings/$day-talks-$n.txt" <<TEXT
[WORLD]
Talks, round $n
$day

Delegations from Kenya and Japan met for round $n of their talks. Version $2 of the text was on the table.

Implications
For investors: The bonds of both countries rose by $n basis points.
For shipping: Insurers wait for the signature.

What we think
Round $((n + 1)) will be longer than round $n.
TEXT
}

# The content has two versions: every tenth briefing differs, and one briefing is only in the second.
write_version() {
  local n
  for ((n = 10; n <= briefings; n += 10)); do briefing "$n" "$1"; done
  rm -f "$site"/content/briefings/*-talks-$((briefings + 1)).txt
  if [ "$1" = 2 ]; then briefing $((briefings + 1)) 2; fi
}

put_foreign() {
  mkdir -p "$1/.git/objects/1f" "$1/.git/refs/tags"
  echo desk.example > "$1/CNAME"
  echo "ref: refs/heads/gh-pages" > "$1/.git/HEAD"
  echo "an object" > "$1/.git/objects/1f/abc"
  echo "google-site-verification" > "$1/google123.html"
  ln -sfn .git/HEAD "$1/a-link"
}

mkdir -p "$site/content/briefings" "$site/static"
printf 'title: The Kill Test\nbase_url: https://desk.example/\n' > "$site/newsgen.yaml"
echo "<svg xmlns='http://www.w3.org/2000/svg'/>" > "$site/static/map.svg"
for ((n = 1; n <= briefings; n++)); do briefing "$n" 1; done

declare -A whole
for version in 1 2; do
  write_version $version
  build -o "$work/peace"
  put_foreign "$work/peace"
  whole[$version]=$(sum "$work/peace")
done
[ "${whole[1]}" != "${whole[2]}" ] || fail "the two versions are the same site: nothing would be tested"
files=$(find "$work/peace" -type f | wc -l)

write_version 1
build
put_foreign "$site/public"
write_version 2
began=$(date +%s%N)
build
lasts=$((($(date +%s%N) - began) / 1000)) # microseconds
[ "$(sum "$site/public")" = "${whole[2]}" ] || fail "a build in peace made another site"
echo "$briefings briefings, $files files, $((lasts / 1000)) ms a build; $kills kills"

# Nothing but the sources and the site.
is_tidy() {
  local left
  left=$(cd "$site" && find . -mindepth 1 -maxdepth 1 ! -name content ! -name static ! -name public ! -name newsgen.yaml)
  [ -z "$left" ] || fail "left over: $left"
}

died=0 mid=0 new=0
for ((kill = 1; kill <= kills; kill++)); do
  version=$((1 + kill % 2))
  write_version $version
  before=$(sum "$site/public")
  "$NEWSGEN" build --quiet --root "$site" --today 2026-01-01 & pid=$!
  printf -v pause '%d.%06d' 0 $(((RANDOM * 32768 + RANDOM) % (lasts + lasts / 10 + 1) % 1000000))
  sleep "$pause"
  kill -9 $pid 2>/dev/null || true
  code=0
  wait $pid 2>/dev/null || code=$?
  if [ $code = 137 ]; then died=$((died + 1)); fi
  [ -d "$site/.public.newsgen" ] && mid=$((mid + 1))
  after=$(sum "$site/public")
  if [ "$after" = "${whole[$version]}" ]; then
    new=$((new + 1))
  elif [ "$after" != "$before" ]; then
    fail "kill $kill after $pause s: the site is torn"
  fi
  # Every third kill is followed by another one, the others by a build in peace.
  if ((kill % 3)); then
    build
    [ "$(sum "$site/public")" = "${whole[$version]}" ] || fail "after kill $kill the next build made another site"
    is_tidy
  fi
done
build
is_tidy
echo "$kills kills, $died of them while the build ran, $mid with the new site half made, $new after the switch: 0 torn sites, 0 files left over"

# What a build that cannot write must do: exit code 2, the old site untouched, nothing left over. Arguments: what
# happened, the exit code, the published folder, its sum before.
untouched() {
  [ "$2" = 2 ] || fail "$1: exit code $2"
  [ "$(sum "$3")" = "$4" ] || fail "$1: the old site was touched"
  [ -z "$(find "$(dirname "$3")" -maxdepth 1 -name '.*.newsgen')" ] || fail "$1: files left over"
  echo "$1: exit code 2, the old site is untouched"
}

before=$(sum "$site/public")
head -c 3000000 /dev/zero > "$site/static/large.bin"
code=0
(trap '' XFSZ; ulimit -f 1024; build 2> "$work/said") || code=$?
untouched "no file may be larger than 1 MB" $code "$site/public" "$before"
grep -q large.bin "$work/said" || fail "the message does not name the file: $(cat "$work/said")"

export -f sum fail untouched build
export NEWSGEN site work
small_disk() {
  set -euo pipefail
  mkdir "$work/disk"
  mount -t tmpfs -o size="$1" tmpfs "$work/disk"
  rm "$site/static/large.bin"
  build -o "$work/disk/site"
  before=$(sum "$work/disk/site")
  head -c 200000000 /dev/urandom > "$site/static/large.bin"
  code=0
  build -o "$work/disk/site" 2> "$work/said" || code=$?
  untouched "a full disk" $code "$work/disk/site" "$before"
  grep -qi "no space" "$work/said" || fail "a full disk: $(cat "$work/said")"
  # The same with a disk that may be read but not written.
  mount -o remount,ro "$work/disk"
  code=0
  build -o "$work/disk/site" 2> "$work/said" || code=$?
  untouched "a read-only disk" $code "$work/disk/site" "$before"
  umount "$work/disk"
}
export -f small_disk
# A namespace of its own: mounts that nobody else sees, and that end with it; without root, by a user namespace.
size=$(($(du -sk "$site/public" | cut -f1) * 2 + 8192))k
alone=(unshare --mount)
[ "$(id -u)" = 0 ] || alone=(unshare --mount --user --map-root-user)
if "${alone[@]}" true 2>/dev/null; then
  "${alone[@]}" bash -c "small_disk $size"
else
  echo "NOT TESTED here: a full disk and a read-only disk need the right to mount one (root, or user namespaces)"
fi
echo "kill-test: all well"
