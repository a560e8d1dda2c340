#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Installed set-uid or set-gid by mistake, the programs are who called them
# before they read or write anything.

. "$top_srcdir/tests/fault/tap.sh" || exit 99

[ "$(id -u)" -eq 0 ] || skip_all 'only root can install something set-uid'
user=65534
setpriv --reuid=$user --clear-groups true 2>/dev/null ||
    skip_all 'no ordinary user to become'
nm "$PINSUM" 2>/dev/null | grep -q __gcov_dump &&
    skip_all 'a program that counts its lines writes where it was built'

chmod 755 "$dir"
mkdir "$dir/secret" && chmod 700 "$dir/secret"
cp "$top_srcdir/tests/topologies/nodes.xml" "$dir/secret/machine.xml"
cp "$top_srcdir/tests/topologies/nodes.xml" "$dir/machine.xml"
chmod 644 "$dir/machine.xml"
mkdir "$dir/open" && chmod 777 "$dir/open"

# as_user COMMAND...
as_user() {
    limited 60 setpriv --reuid=$user --regid=$user --clear-groups "$@"
}

# whether a set-uid program becomes another here at all.
cp "$(command -v id)" "$dir/id" && chmod 4755 "$dir/id"
[ "$(as_user "$dir/id" -u)" = 0 ] || skip_all 'set-uid has no effect in TMPDIR'

# check MODE NAME
check() {
    cp "$PINSUM" "$dir/pinsum"
    cp "$top_builddir/src/pinsum-compare" "$dir/pinsum-compare"
    chmod "$1" "$dir/pinsum" "$dir/pinsum-compare"

    as_user "$dir/pinsum" -q -r 1 -m single -R "summary:$dir/open/report" 10 \
        >"$dir/log" 2>&1
    [ "$(stat -c '%u %g' "$dir/open/report")" = "$user $user" ]
    result $? "$2: a report belongs to who called"
    rm -f "$dir/open/report"

    as_user "$dir/pinsum" -q -n -i "$dir/secret/machine.xml" \
        >"$dir/log" 2>&1
    [ $? -eq 1 ] && grep -q 'Permission denied' "$dir/log"
    result $? "$2: a file of root's cannot be read"

    as_user "$dir/pinsum" -q -r 1 -m single -R "runs:$dir/secret/r" 10 \
        >"$dir/log" 2>&1
    [ $? -eq 1 ] && [ ! -e "$dir/secret/r" ] && [ ! -e "$dir/secret/r.part" ]
    result $? "$2: nor a file written next to it"

    as_user "$dir/pinsum-compare" "$dir/secret/machine.xml" \
        "$dir/secret/machine.xml" >"$dir/log" 2>&1
    [ $? -eq 1 ] && grep -q 'Permission denied' "$dir/log"
    result $? "$2: pinsum-compare cannot either"

    as_user env HWLOC_XMLFILE="$dir/machine.xml" "$dir/pinsum" -q -r 1 \
        -m single 10 >"$dir/log" 2>&1
    result $? "$2: the environment names no machine"

    # shellcheck disable=SC2016 # for the other shell
    as_user sh -c '"$0" -q -r 1 --warmup=0 -m process -w 1 1 "$1" >/dev/null &
        sleep 0.5
        grep -h -e ^Uid -e ^Gid /proc/$!/status \
            /proc/"$(tr -d " " </proc/$!/task/$!/children)"/status |
            tr -s "\t" " " | sort -u
        kill $!' "$dir/pinsum" 1000000000000000 >"$dir/log" 2>&1
    [ "$(cat "$dir/log")" = "$(printf '%s\n' \
        "Gid: $user $user $user $user" "Uid: $user $user $user $user")" ]
    result $? "$2: tool and worker are who called, for good"
}

check 4755 set-uid
check 6755 'set-uid and set-gid'

if sanitized; then
    skip 'nothing is read before' 'a sanitizer reads its options first'
elif strace -u root true 2>/dev/null; then
    limited 60 strace -u nobody -o "$dir/trace" "$dir/pinsum" -q -r 1 \
        -m single 10 >"$dir/log" 2>&1
    dropped=$(grep -nE '^setresuid(32)?\(' "$dir/trace" | head -n 1 |
        cut -d: -f1)
    # But for what the loader reads.
    head -n "${dropped:-1}" "$dir/trace" | grep '^open' |
        grep -v -e '\.so' -e 'ENOENT' >>"$dir/log"
    [ -n "$dropped" ] && ! grep -q '^open' "$dir/log"
    result $? 'nothing is read before'
else
    skip 'nothing is read before' 'strace does not work here'
fi

done_testing
