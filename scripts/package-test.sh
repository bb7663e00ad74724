#!/usr/bin/env bash
# The crate holds what it is built from: theme, data, the files of `newsgen init`; and nothing that only we need.
set -euo pipefail
cd "$(dirname "$0")/.."
list=$(cargo package --list --allow-dirty)
fail() { echo "package-test: $*" >&2; exit 1; }
while read -r file; do
  grep -qxF "$file" <<< "$list" || fail "$file is missing from the crate"
done < <(git ls-files templates static data starter src build.rs Cargo.lock README.md LICENSE-MIT LICENSE-APACHE)
if grep -E '^(tests|benches|fuzz|docs|content|scripts|\.github|\.ci)/' <<< "$list"; then
  fail "these need not be in the crate"
fi
cargo package --no-verify --offline --allow-dirty --quiet
crate=$(ls -t target/package/newsgen-*.crate | head -1)
echo "$(wc -l <<< "$list") files, $(($(stat -c %s "$crate") / 1024)) KB packed"
