#!/usr/bin/env bash
# A crowd at the preview of the sample newsletter: 10,000 requests over 200 connections beside slow readers.
#   scripts/preview-load-test.sh [--short]
set -euo pipefail
cd "$(dirname "$0")/.."
size=()
if [ "${1:-}" = "--short" ]; then size=(--requests 1000 --connections 50 --slow 20); fi
cargo build --release --quiet
python3 tests/load/crowd.py target/release/newsgen . ${size[@]+"${size[@]}"}
