#compdef pinsum
# pinsum's options and their values for zsh.
# SPDX-License-Identifier: GPL-3.0-or-later

(( $+functions[_pinsum_kernels] )) ||
_pinsum_kernels()
{
	local -a kernels

	kernels=(${(f)"$(_call_program kernels $words[1] --list-kernels |
		sed -n 's/[[:blank:]]yes[[:blank:]].*//p')"})
	_sequence compadd - "$@" $kernels
}

(( $+functions[_pinsum_reports] )) ||
_pinsum_reports()
{
	if compset -P '*:'; then
		_files
	else
		compadd - "$@"
	fi
}

# Those of the report said before the colon, or asked for on the line, or of
# the default one.
(( $+functions[_pinsum_output] )) ||
_pinsum_output()
{
	local report=summary line="$words[1,CURRENT-1] "

	[[ $line != *' '(-n|--dry-run)' '* ]] || report=plan
	if [[ $line =~ '.* (-R|--report)[= ]*([a-z]+)' ]]; then
		report=$match[2]
	fi
	if [[ $PREFIX == *:* ]]; then
		report=${${PREFIX%%:*}##*=}
		compset -P '*:'
	fi
	compset -P '+'
	_sequence compadd - $(_pinsum_columns $report)
}

