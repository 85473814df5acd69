#!/usr/bin/env bash
# Rehearses a roll-out, one part after another. In place of `echo` stands what talks to the cluster.
set -euo pipefail

for part in worker timetable web; do
  echo "$SWITCHYARD_CLUSTER/$SWITCHYARD_NAMESPACE: $part replaced"
done
