#!/bin/sh
# Prints the images of compose.yaml and Dockerfile with the digests that their tags stand for now, as settings for
# compose: `deploy/pin-images.sh >> deploy/.env`. Needs docker with buildx, and the images' registry. Run only with a
# stand-in for docker where this was written. Prints all of them or none.
set -eu
cd "$(dirname "$0")"
pinned=''
for setting in $(grep -ohE '[A-Z_]+_IMAGE(:-|=)[a-z0-9./_-]+:[A-Za-z0-9._-]+' compose.yaml Dockerfile | sed 's/:-/=/' | sort -u); do
  image=${setting#*=}
  digest=$(docker buildx imagetools inspect "$image" --format '{{.Manifest.Digest}}')
  case $digest in
    sha256:????????????????????????????????????????????????????????????????) ;;
    *) echo "no digest of $image: $digest" >&2 && exit 1 ;;
  esac
  pinned="$pinned${setting%%=*}=$image@$digest
"
done
printf %s "$pinned"
