#!/usr/bin/env bash
# GitHub's workflow files: their schema, and what makes a workflow unsafe. Nothing is fetched but the two programs.
set -euo pipefail
cd "$(dirname "$0")/.."
workflows=(.github/workflows/*.yml starter/pages.yml)
tools=target/workflow-tools
mkdir -p "$tools"

[ -x "$tools/node_modules/.bin/action-validator" ] ||
  npm install --silent --no-audit --no-fund --prefix "$tools" @action-validator/core@0.6.0 @action-validator/cli@0.6.0
for file in "${workflows[@]}" action.yml; do
  # The schema is older than attestations; the rest of the file is held against it.
  name=$(basename "$file")
  sed '/^ *attestations: write/d' "$file" > "$tools/$name"
  "$tools/node_modules/.bin/action-validator" "$tools/$name" || { echo "workflows-test: $file does not fit its schema" >&2; exit 1; }
  echo "$file fits its schema"
done

[ -x "$tools/python/bin/zizmor" ] ||
  python3 -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --target "$tools/python" zizmor==1.32.0
"$tools/python/bin/zizmor" --offline --quiet --min-severity low "${workflows[@]}" action.yml
