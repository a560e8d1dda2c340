#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What another user has put where a report is to be written: replaced or
# refused, never followed, never written to, never waited for.

. "$top_srcdir/tests/fault/tap.sh" || exit 99

mkdir "$dir/folder"
file=$dir/folder/report
victim=$dir/victim

# planted NAME: FILE.part was made so; the report is written all the same, the
# victim has what it had, nothing is left.
planted() {
    echo precious >"$victim.right"
    limited 20 "$PINSUM" -q -r 1 --warmup=0 -m single -o sum --noheadings \
        -R "summary:$file" 10 >"$dir/log" 2>&1
    status=$?
    [ "$status" -eq 0 ] && [ "$(cat "$file")" = 55 ] && [ ! -L "$file" ] &&
        cmp -s "$victim" "$victim.right" && [ ! -e "$file.part" ] &&
        [ "$(stat -c %h "$file")" -eq 1 ]
    result $? "$1: replaced"
    rm -rf "$file" "$file.part"
}

echo precious >"$victim"
ln -s "$victim" "$file.part"
planted 'a symbolic link to a file'
ln -s "$dir/nowhere" "$file.part"
planted 'a symbolic link to nothing'
[ ! -e "$dir/nowhere" ]
result $? 'which is not made'
ln "$victim" "$file.part"
planted 'a hard link to a file'
echo 'a stale one' >"$file.part"
planted 'a file that an earlier run left'
mkfifo "$file.part"
planted 'a named pipe'
ln -s "$dir/nowhere" "$file"
planted 'a symbolic link to nothing in place of FILE'
[ ! -e "$dir/nowhere" ]
result $? 'which is not made either'

# What decides it, where a link is planted between two looks.
if strace -o /dev/null true 2>/dev/null; then
    strace -f -qqq -e trace=open,openat,creat,rename,renameat,renameat2 \
        -o "$dir/log" "$PINSUM" -q -r 1 --warmup=0 -m single \
        -R "summary:$file" 10 >/dev/null 2>&1
    grep -F "$file.part" "$dir/log" | grep 'O_CREAT' >"$dir/opened"
    [ "$(wc -l <"$dir/opened")" -eq 1 ] && grep -q 'O_EXCL' "$dir/opened" &&
        grep -q 'O_NOFOLLOW' "$dir/opened" &&
        grep -q 'O_CLOEXEC' "$dir/opened"
    result $? 'FILE.part is made by O_CREAT, O_EXCL, O_NOFOLLOW, O_CLOEXEC'
    rm -f "$file"
else
    skip 'FILE.part is made by O_EXCL' 'strace does not work here'
fi

# In a folder as /tmp, where others' files cannot be removed.
user=65534
if [ "$(id -u)" -eq 0 ] && setpriv --reuid=$user --clear-groups true \
    2>/dev/null; then
    chmod 755 "$dir"
    chmod 1777 "$dir/folder"
    cp "$PINSUM" "$dir/pinsum" && chmod 755 "$dir/pinsum"
    echo precious >"$file.part"
    echo old >"$file" && chmod 666 "$file"
    limited 20 setpriv --reuid=$user --regid=$user --clear-groups \
        "$dir/pinsum" -q -r 1 -m single -R "summary:$file" 10 \
        >"$dir/out" 2>"$dir/log"
    status=$?
    [ "$status" -eq 1 ] && grep -q "^pinsum: .*$file" "$dir/log" &&
        [ "$(cat "$file.part" "$file")" = "$(printf 'precious\nold')" ]
    result $? "another's .part in a sticky folder: refused by name, kept"
    ln -sf "$victim" "$file.part"
    chmod 666 "$victim"
    limited 20 setpriv --reuid=$user --regid=$user --clear-groups \
        "$dir/pinsum" -q -r 1 -m single -R "summary:$file" 10 \
        >"$dir/out" 2>"$dir/log"
    status=$?
    [ "$status" -eq 1 ] && [ "$(cat "$victim" "$file")" = \
        "$(printf 'precious\nold')" ]
    result $? "another's link there: refused, not followed"
else
    skip "another's .part in a sticky folder" 'only root can be two users'
fi

done_testing
