#!/usr/bin/env bash
# Runs a command in a clone of this repository on a bare Debian: only Node.js is there, no browser, no NSS, no git, no compiler.
#
#   sudo scripts/bare-machine.sh                     # npm ci && npm test
#   sudo scripts/bare-machine.sh 'npm ci && npm start'
#   FOLDER=/srv/bare KEEP=1 sudo -E scripts/bare-machine.sh …   # another place; keep it
#
# It needs debootstrap, root and Linux. The root folder is made once with `debootstrap --variant=minbase`. Node.js and npm are
# copied from this machine, with npm's settings and the certificates that they name.
set -euo pipefail
cd "$(dirname "$0")/.."

folder=${FOLDER:-$PWD/.cache/bare-machine}
command=${1:-npm ci && npm test}
node=$(readlink -f "$(command -v node)")
npm=$(dirname "$(dirname "$(readlink -f "$(command -v npm)")")")

if [ ! -e "$folder/.complete" ]; then
  debootstrap --variant=minbase bookworm "$folder"
  touch "$folder/.complete"
fi

cleanup() {
  for mount in dev/shm dev proc; do umount --lazy "$folder/$mount" 2>/dev/null || true; done
  [ -n "${KEEP:-}" ] || rm -rf "$folder/home/clone"
}
trap cleanup EXIT

mount -t proc proc "$folder/proc"
mount --rbind --make-rslave /dev "$folder/dev" # a slave: unmounting it leaves this machine as it is
mountpoint -q "$folder/dev/shm" || mount -t tmpfs tmpfs "$folder/dev/shm"

install -D "$node" "$folder/usr/local/bin/node"
mkdir -p "$folder/usr/local/lib/node_modules"
cp -a "$npm" "$folder/usr/local/lib/node_modules/"
ln -sf ../lib/node_modules/npm/bin/npm-cli.js "$folder/usr/local/bin/npm"
ln -sf ../lib/node_modules/npm/bin/npx-cli.js "$folder/usr/local/bin/npx"
cp -L /etc/resolv.conf /etc/hosts "$folder/etc/"
cafile=$(npm config get cafile)
[ "$cafile" = null ] || install -D "$cafile" "$folder$cafile"

rm -rf "$folder/home/clone"
mkdir -p "$folder/home/clone"
git archive HEAD | tar -x -C "$folder/home/clone"

for tool in git chromium google-chrome gcc; do
  chroot "$folder" sh -c "command -v $tool" >/dev/null && { echo "$tool is installed: the machine is not bare"; exit 1; }
done
if chroot "$folder" sh -c 'ldconfig -p' | grep -q libnss3; then echo 'NSS is installed: the machine is not bare'; exit 1; fi

chroot "$folder" env -i HOME=/root PATH=/usr/local/bin:/usr/bin:/bin LANG=C.UTF-8 \
  npm_config_registry="$(npm config get registry)" npm_config_cafile="$([ "$cafile" = null ] || echo "$cafile")" \
  bash -c "cd /home/clone && $command"
