#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The disassembly of each kernel's loop: an addition makes the next integer of
# each lane, an addition consumes it, and nothing multiplies or calls.
#
# Compilers close the form of such loops, and would be right; what is measured
# would then no longer be a sum.

objdump=${OBJDUMP:-objdump}
directory=$top_builddir/src/kernels
tests=0

# result STATUS TEXT
result()
{
	tests=$((tests + 1))
	echo "$1 $tests - $2"
}

skip_all()
{
	echo "1..0 # SKIP $1"
	exit 0
}

# Reads a disassembly and writes, for the innermost loop with the most
# additions of integers, how many of them consume and how many make integers,
# and the multiplications and calls in it.
#
# An addition that takes something the loop never changes (a stride, a
# constant) makes integers; one of two things that change consumes them.
measure='
function destination(mnemonic, operands,    part, n)
{
	n = split(operands, part, /, */)
	return arm ? part[1] : part[n]
}
function constant(operand)
{
	return operand ~ /^[$#]/ || !(operand in changes)
}
function is_counter(operands)	# clang counts down by adding -1
{
	return operands ~ /^\$0xf+,/
}
function makes(mnemonic, operands,    part, n)
{
	if (mnemonic ~ /^(lea|inc)/)
		return 1
	n = split(operands, part, /, */)
	if (arm)
		return constant(part[2]) || constant(part[3])
	return constant(part[1]) || (n > 2 && constant(part[2]))
}
function innermost(from, to,    i)
{
	for (i = 1; i <= loops; i++)
		if (from <= first[i] && last[i] <= to &&
		    last[i] - first[i] < to - from)
			return 0
	return 1
}
function count_loop(from, to,    i, c, m, bad)
{
	split("", changes)
	for (i = from; i <= to; i++)
		changes[destination(op[i], args[i])] = 1
	for (i = from; i <= to; i++) {
		if (op[i] ~ /mul|madd|vpdp|mla|^call|^blr?$/)
			bad++
		if (op[i] !~ add || args[i] !~ register ||
		    is_counter(args[i]))
			continue
		if (makes(op[i], args[i]))
			m++
		else
			c++
	}
	if (m + c > best) {
		best = m + c
		found = c + 0 " " m + 0 " " bad + 0
	}
}
function end_of_function(    i)
{
	for (i = 1; i <= loops; i++)
		if (innermost(first[i], last[i]))
			count_loop(first[i], last[i])
	loops = lines = 0
	split("", at)
}
/file format .*(aarch64|arm64)/ { arm = 1 }
/^[0-9a-f]+ <.*>:$/ { end_of_function() }
/^ *[0-9a-f]+:\t/ {
	address = $1
	sub(/:.*/, "", address)
	at[address] = ++lines
	n = split($0, field, "\t")
	text = field[2]
	for (i = 3; i <= n; i++)
		text = text " " field[i]
	sub(/ *(\/\/|#) .*/, "", text)
	gsub(/[\[(][^\])]*[\])]/, "(m)", text)
	op[lines] = args[lines] = text
	sub(/ .*/, "", op[lines])
	sub(/^[^ ]+ */, "", args[lines])
	sub(/[lq]$/, "", op[lines])
	if (op[lines] ~ /^v?padd$/)	# the lane size is not a suffix
		op[lines] = op[lines] "q"
	if (op[lines] !~ /^(j|b\.|cbn?z|tbn?z)/ || text !~ / <[^>]*>/)
		next
	sub(/ <.*/, "", text)
	sub(/.* /, "", text)
	if (text in at) {
		first[++loops] = at[text]
		last[loops] = lines
	}
}
END { end_of_function(); print found ? found : "0 0 0" }
'

# check NAME ADD REGISTER LEAST: the loop consumes at least LEAST vectors (or
# registers) an iteration by instructions ADD on operands REGISTER.
check()
{
	set -- "$1" "$2" "$3" "$4" "$directory"/*kernel-"$1".o
	if ! test -f "$5"; then
		result ok "$1 # SKIP not built for this machine"
		return
	fi
	listing=$("$objdump" -d --no-show-raw-insn "$5")
	# Two of its additions make one of 64 bits, by way of memory.
	if test "$3" = "$general" && printf '%s\n' "$listing" |
	    grep -q 'file format elf32'; then
		result ok "$1 # SKIP integers take two registers here"
		return
	fi
	counts=$(printf '%s\n' "$listing" |
		awk -v add="$2" -v register="$3" "$measure")
	least=$4 name=$1
	# shellcheck disable=SC2086 # three numbers
	set -- $counts
	if test "$1" -ge "$least" && test "$1" -eq "$2" && test "$3" -eq 0
	then
		result ok "$name makes and adds $1 times an iteration"
	elif printf '%s\n' "$listing" | grep -q '<u128_add64>:'; then
		result ok "$name # SKIP built without optimisation"
	else
		result "not ok" "$name: makes $2, adds $1 (at least $least); \
$3 multiplications or calls"
	fi
}

"$objdump" --version >/dev/null 2>&1 || skip_all "no objdump here"

integer='^(adds?|lea|inc)$'
general='^(%r|x[0-9]|[$]|0x|-?[0-9a-fx]*[(])'
check chain     "$integer"  "$general" 16
check portable  "$integer"  "$general" 1
check scalar    "$integer"  "$general" 16
check sse2      '^paddq$'   '%xmm'     16
check avx2      '^vpaddq$'  '%ymm'     16
check avx2-32   '^vpaddd$'  '%ymm'     16
check avx512    '^vpaddq$'  '%zmm'     16
check avx512-32 '^vpaddd$'  '%zmm'     16
check neon      '^add$'     '[.]2d'    16
check neon-32   '^add$'     '[.]4s'    16
echo "1..$tests"
