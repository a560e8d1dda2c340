#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Completion in bash, zsh and fish, each asked in its own way, against what the
# program itself says: options of --help, words of its messages, columns and
# kernels of its lists.

. "${top_srcdir:?}/tests/cli/lib.sh"

folder=${top_builddir:?}/data/completion
test -f "$folder/pinsum" || folder=$top_srcdir/data/completion
test -f "$folder/pinsum" || skip_all "completion was not built"
mkdir "$scratch/files" && cd "$scratch/files" || exit 1
echo >machine.xml
PATH=$(dirname "$PINSUM"):$PATH
export PATH

# Each driver: what is offered for the command line in $1, one a line.

offers_bash()
{
	LINE=$1 FOLDER=$folder limited bash --norc -c '
		COMP_WORDBREAKS=$'\'' \t\n"'\''"'\''"'\''><=;|&(:'\''
		. "$FOLDER/pinsum"
		COMP_LINE=$LINE COMP_POINT=${#LINE}
		_pinsum pinsum
		printf "%s\n" "${COMPREPLY[@]}"'
}

# What is added is noted where it is added; a terminal of its own types.
cat >"$scratch/.zshrc" <<'END'
fpath=($FOLDER $fpath)
autoload -Uz compinit
compinit -u -d "$ZDOTDIR/dump"
PS1=
unsetopt beep
bindkey -e
bindkey '^I' list-choices
zle-line-init()
{
	print >ready
}
zle -N zle-line-init
compadd()
{
	local -a hits
	if [[ $* != *-[OAD]\ * ]]; then
		builtin compadd -A hits "$@"
		print -rl -- $hits >>hits
	fi
	builtin compadd "$@"
}
END

offers_zsh()
{
	rm -f hits ready finished
	LINE=$1 FOLDER=$folder ZDOTDIR=$scratch limited zsh -f -c '
		zmodload zsh/zpty
		await() {
			repeat 400; do [[ -e $1 ]] && break; sleep 0.05; done
		}
		zpty shell "TERM=vt100 zsh -d -i"
		await ready
		zpty -w -n shell "$LINE"$'\''\t\x15'\''
		zpty -w shell "print >finished"
		await finished
		zpty -d shell' >/dev/null 2>&1
	sort -u hits 2>/dev/null
	rm -f hits ready finished
}

offers_fish()
{
	HOME=$scratch LINE=$1 FOLDER=$folder limited fish --no-config -c '
		source $FOLDER/pinsum.fish
		complete -C $LINE' | cut -f 1
}

# offered TEXT LINE STRIP WANT: what $shell offers for LINE, without what it
# repeats of the line, is the list WANT.
offered()
{
	got=$("offers_$shell" "pinsum $2" 2>&1 |
		sed -e "s/^$3//" -e 's/=$//' -e '/^$/d' | sort -u)
	is "$got" "$(printf '%s\n' "$4" | sed '/^$/d' | sort -u)" \
	    "$shell: $1"
}

# words OPTION: of the message about a word that is none.
words()
{
	"$PINSUM" -n -i 'numa:2 core:2 pu:1' "--$1=nosuch" 2>&1 |
		sed -e 's/.* is none of //' -e 's/\(, [^,]*\)  *also.*/\1/' \
			-e 's/, with .*//' -e 's/, numbers.*//' -e 's/, /\
/g' | sed '/ also /d'
}

columns()
{
	"$PINSUM" --list-columns | awk -v report="$1" '
		$1 == report { print $2 }'
}

check_shell()
{
	offered "options" '--' '--' "$("$PINSUM" --help |
		sed -n 's/^  [-A-Za-z, ]\{4\}--\([-a-z]*\).*/\1/p')"
	for option in mode sharing ipc order sched report progress sweep; do
		offered "words of --$option" "--$option=" "--$option=" \
		    "$(words "$option" | sed 's/^shuffle .*//')"
	done
	offered "words of -m" "-m " "" "$(words mode)"
	offered "a word in a list" "-m thread,pr" "thread," process
	offered "policies" "-b " "" "$(words bind | grep -v ' ')"
	offered "kernels" "-k " "" "auto
all
$("$PINSUM" --list-kernels | sed -n "s/${tab}yes${tab}.*//p")"
	offered "columns" "-o " "" "$(columns summary)"
	offered "columns of a report" "-R workers -o " "" "$(columns workers)"
	offered "columns of a report that is named" "-o plan:" "plan:" \
	    "$(columns plan)"
	offered "columns added" "-R runs -o +wal" "+" wall_ns
	offered "files" "-i mach" "" machine.xml
	offered "files of a report" "--report=runs:mac" "\(--report=\)*runs:" \
	    machine.xml
	offered "nothing for a number" "-r " "" ""
}

# The other programs: what their files offer, that they are whole, and that
# the words are those that the program takes.
offers_other_bash()
{
	LINE=$2 TOOL=$1 limited bash --norc -c '
		. "$1"
		COMP_WORDS=("$TOOL" $LINE) COMP_CWORD=${#COMP_WORDS[@]}
		COMP_CWORD=$((COMP_CWORD - 1))
		${0//-/_} "$TOOL" "${COMP_WORDS[COMP_CWORD]}" \
			"${COMP_WORDS[COMP_CWORD - 1]}"
		printf "%s\n" "${COMPREPLY[@]}"' "_$1" \
		"$top_srcdir/data/completion/$1"
}

offers_other_fish()
{
	HOME=$scratch limited fish --no-config -c '
		source $argv[1]
		complete -C $argv[2]' "$top_srcdir/data/completion/$1.fish" \
		"$1 $2" | cut -f 1
}

# The specifications of _arguments name each option.
offers_other_zsh()
{
	limited zsh -f -n "$top_srcdir/data/completion/_$1" || return
	grep -o -e '--[a-z]*' "$top_srcdir/data/completion/_$1"
}

# options_of TOOL: that its file of $shell offers all of --help, and no other.
options_of()
{
	case $1 in
	pinsum-plot) tool=${top_builddir:?}/data/pinsum-plot ;;
	*) tool=$(dirname "$PINSUM")/$1 ;;
	esac
	is "$("offers_other_$shell" "$1" -- 2>&1 | sed 's/=$//' | sort -u)" \
	    "$("$tool" --help | grep -oE '^ .{5}--[a-z]+' | tr -d ' ' |
		sed 's/^-.,//' | sort -u)" "$shell: options of $1"
}

for shell in bash zsh fish; do
	if have "$shell"; then
		check_shell
		options_of pinsum-compare
		options_of pinsum-plot
	else
		skip "$shell: completion" "$shell is not installed"
	fi
done
finish
