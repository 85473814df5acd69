#!/bin/sh
# Started by .github/workflows/deploy.yml with REVISION.
set -eu
echo "No way to deploy ${REVISION:?} was chosen for this repository" >&2
exit 1
