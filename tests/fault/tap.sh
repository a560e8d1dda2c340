# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh disable=SC2034 # set for those who source this
# To be sourced by the shell tests of this folder: TAP, a scratch directory,
# limits on time. Sets: dir (scratch), helpers (where the programs are), full
# (not empty in `make check-faults`), trials (how many, there). With LOAD=N in
# the environment, N endless loops of each test compete for each CPU all the
# time.

number=0 bad=0
tab=$(printf '\t')
helpers=$top_builddir/tests/fault
full=${TRIALS:+yes}
trials=${TRIALS:-50}
[ -z "$full" ] || export STRICT=1
dir=$(mktemp -d) || exit 99

# In a build with sanitizers: these tests' own programs end with what they have,
# leaks cannot be looked for where strace traces or /proc is hidden, and a
# worker that is sent SEGV is to die of it. The other tests look for leaks.
ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0:handle_segv=0
TSAN_OPTIONS=${TSAN_OPTIONS:+$TSAN_OPTIONS:}handle_segv=0
export ASAN_OPTIONS TSAN_OPTIONS

# What a test has put out of order: redefined by those that do.
restore() {
    :
}

loops=''

# shellcheck disable=SC2086 # a list of numbers
clean_up() {
    restore
    [ -z "$loops" ] || kill -s KILL $loops
    rm -rf "$dir"
}

trap clean_up EXIT
trap 'exit 99' HUP INT TERM

for _ in $(seq $((${LOAD:-0} * $(nproc)))); do
    sh -c 'while :; do :; done' &
    loops="$loops $!"
done

# Sets what is to be skipped for want of something, as the harness does.
skip_all() {
    echo "1..0 # SKIP $1"
    exit 0
}

skip() {
    number=$((number + 1))
    echo "ok $number - $1 # SKIP $2"
}

# result STATUS NAME: the text of $dir/log explains a failure.
result() {
    number=$((number + 1))
    if [ "$1" -eq 0 ]; then
        echo "ok $number - $2"
        return
    fi
    bad=$((bad + 1))
    echo "not ok $number - $2"
    sed 's/^/# /' "$dir/log"
}

done_testing() {
    echo "1..$number"
}

# limited SECONDS COMMAND...: runs the tool, or a helper, for so long at most,
# where no sanitizer takes its time.
limited() {
    seconds=$(($1 * ${TEST_PATIENCE:-1}))
    shift
    timeout -k 5 "$seconds" "$@"
}

# helper NAME ARGUMENT...: its last line is the figure of the result's name.
helper() {
    helper=$1
    shift
    limited 580 "$helpers/$helper" "$@" >"$dir/log" 2>&1
    status=$?
    if [ "$status" -eq 77 ]; then
        skip "$helper" "$(cat "$dir/log")"
    else
        result "$status" "$(tail -n 1 "$dir/log")"
    fi
}

# ends STATUS PATTERN NAME COMMAND...: with that exit status, and with a line
# that the extended expression matches on standard error (none where it is
# empty); standard output is left in $dir/out.
ends() {
    want=$1 pattern=$2 name=$3
    shift 3
    limited 60 "$@" >"$dir/out" 2>"$dir/err"
    status=$?
    wrong=0
    [ "$status" -eq "$want" ] || wrong=1
    if [ -n "$pattern" ]; then
        grep -Eq -e "$pattern" "$dir/err" || wrong=1
    else
        [ ! -s "$dir/err" ] || wrong=1
    fi
    {
        echo "exit status $status, expected $want and '$pattern'"
        cat "$dir/err" "$dir/out"
    } >"$dir/log"
    result "$wrong" "$name"
}

# The program with sanitizers ends otherwise, and allocates by itself.
sanitized() {
    nm "$PINSUM" 2>/dev/null | grep -q '__[atu]b*san_init'
}
