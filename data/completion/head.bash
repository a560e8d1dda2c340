# pinsum's options and their values for bash.      -*- shell-script -*-
# SPDX-License-Identifier: GPL-3.0-or-later

# The report whose columns --output names: said before the colon, or asked for
# on the line, or the default.
_pinsum_report()
{
	local report=summary line=" $1"

	case $line in
	*[[:blank:]]-n[[:blank:]]* | *[[:blank:]]--dry-run[[:blank:]]*)
		report=plan
		;;
	esac
	if [[ $line =~ .*[[:blank:]](-R|--report)[=[:blank:]]*([a-z]+) ]]; then
		report=${BASH_REMATCH[2]}
	fi
	echo "$report"
}

# What replaces WORD: KEPT and each of LIST that begins with VALUE, or each
# such file. Readline replaces only what follows the last of its breaks.
_pinsum_reply() # WORD KEPT VALUE KIND LIST
{
	local breaks=${COMP_WORDBREAKS//[!:=]/} stays=

	if [[ $4 == files ]]; then
		mapfile -t COMPREPLY < <(compgen -f -P "$2" -- "$3")
		compopt -o filenames 2>/dev/null
	else
		mapfile -t COMPREPLY < <(compgen -W "$5" -P "$2" -- "$3")
	fi
	if [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *= ]]; then
		compopt -o nospace 2>/dev/null
	fi
	[[ -z $breaks ]] || stays=${1%"${1##*["$breaks"]}"}
	COMPREPLY=("${COMPREPLY[@]#"$stays"}")
}

_pinsum()
{
	local line=${COMP_LINE:0:COMP_POINT}
	local word=${line##*[[:blank:]]}
	local before=${line%"$word"}
	local option value=$word kept='' kind='' list=''
	local IFS=$' \t\n'

	COMPREPLY=()
	option=${before%"${before##*[![:blank:]]}"}
	option=${option##*[[:blank:]]}
	case $word in
	--*=*) option=${word%%=*} value=${word#*=} kept=$option= ;;
	-[!-]?*) option=${word:0:2} value=${word:2} kept=$option ;;
	-*) option='' ;;
	esac
	if ! _pinsum_argument "$option"; then
		[[ $word != -* ]] ||
			_pinsum_reply "$word" '' "$word" words \
				"$(_pinsum_options)"
		return 0
	fi
	if [[ $kind == columns ]]; then
		list=$(_pinsum_columns "$(_pinsum_report "$before")")
		if [[ $value == *:* ]]; then
			list=$(_pinsum_columns "${value%%:*}")
			kept+=${value%%:*}: value=${value#*:}
		fi
		[[ $value != +* ]] || kept+=+ value=${value#+}
	elif [[ $kind == report && $value == *:* ]]; then
		kept+=${value%%:*}: value=${value#*:} kind=files
	elif [[ $kind == kernels ]]; then
		list+=" $("$1" --list-kernels 2>/dev/null |
			sed -n 's/[[:blank:]]yes[[:blank:]].*//p')"
	fi
	case $kind in
	list | kernels | columns)
		kept+=${value%"${value##*,}"} value=${value##*,}
		;;
	esac
	_pinsum_reply "$word" "$kept" "$value" "$kind" "$list"
}

complete -F _pinsum pinsum

