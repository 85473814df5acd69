#!/bin/sh
# What CI checks, in the order in which it fails soonest.
set -eu
cd "$(dirname "$0")/.."
npm test
npm run lint
npm run typecheck
npm run build
